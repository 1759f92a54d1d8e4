package io.lva.graph;

import java.util.List;
import java.util.Optional;

/** The node types of the contract. */
public final class NodeTypes {
  private static final List<ObjectType<? extends PropertyObject>> SOURCES =
      List.of(RtspSource.TYPE, IotHubMessageSource.TYPE);
  private static final List<ObjectType<? extends PropertyObject>> PROCESSORS =
      List.of(
          MotionDetection.TYPE,
          FrameRateFilter.TYPE,
          HttpExtension.TYPE,
          GrpcExtension.TYPE,
          CognitiveServicesVisionExtension.TYPE,
          SignalGate.TYPE);
  private static final List<ObjectType<? extends PropertyObject>> SINKS =
      List.of(AssetSink.TYPE, FileSink.TYPE, IotHubMessageSink.TYPE);

  private NodeTypes() {}

  /** Kinds of node, which are lists in a topology. */
  public enum Kind {
    /** Nodes without inputs. */
    SOURCE,
    /** Nodes in the middle. */
    PROCESSOR,
    /** Nodes without outputs. */
    SINK;

    /**
     * Returns the property of a topology that holds them.
     *
     * @return such as {@code sources}
     */
    public String listName() {
      return switch (this) {
        case SOURCE -> "sources";
        case PROCESSOR -> "processors";
        case SINK -> "sinks";
      };
    }
  }

  /**
   * Returns the node types of a kind.
   *
   * @param kind source, processor or sink
   * @return those of the contract
   */
  public static List<ObjectType<? extends PropertyObject>> of(Kind kind) {
    return switch (kind) {
      case SOURCE -> SOURCES;
      case PROCESSOR -> PROCESSORS;
      case SINK -> SINKS;
    };
  }

  /**
   * Finds a node type.
   *
   * @param kind source, processor or sink
   * @param type the value of {@code @type}
   * @return empty when the contract has none of that name and kind
   */
  public static Optional<ObjectType<? extends PropertyObject>> find(Kind kind, String type) {
    for (ObjectType<? extends PropertyObject> candidate : of(kind)) {
      if (candidate.named(type)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
