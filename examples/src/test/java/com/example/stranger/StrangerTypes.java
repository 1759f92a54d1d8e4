package com.example.stranger;

import io.lva.graph.NodeTypeProvider;
import io.lva.graph.ObjectType;
import java.util.List;

/** Makes the types known to readers of topologies. */
public final class StrangerTypes implements NodeTypeProvider {
  @Override
  public List<ObjectType<?>> types() {
    return List.of(PulseCounter.TYPE, BrittleSink.TYPE);
  }
}
