package com.example.stranger;

import io.lva.graph.MediaOutput;
import io.lva.graph.NodeSpec;
import io.lva.graph.NodeTraits;
import io.lva.graph.ObjectType;
import io.lva.graph.PropertyObject;
import io.lva.graph.Settings;
import io.lva.graph.StreamKind;

/** Throws at every hundredth sample. */
public final class BrittleSink extends PropertyObject implements NodeSpec.Sink<MediaOutput> {
  /** The type of this node. */
  public static final ObjectType<BrittleSink> TYPE =
      ObjectType.of("#Example.BrittleSink", BrittleSink::new)
          .node(NodeTraits.sink().taking(StreamKind.VIDEO, StreamKind.EVENTS));

  private BrittleSink(Settings settings) {
    super(TYPE, settings);
  }

  /** Makes a sink. */
  public static BrittleSink create() {
    return new BrittleSink(Settings.empty());
  }

  @Override
  public String type() {
    return TYPE.name();
  }
}
