package io.lva.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The known node types: those of Live Video Analytics, those that a {@link NodeTypeProvider} adds,
 * and those that a program adds itself.
 *
 * <p>Immutable.
 */
public final class NodeTypes {
  private static final System.Logger LOGGER = System.getLogger(NodeTypes.class.getName());

  /** The number of failures that ends a search: an unreadable service file may fail forever. */
  private static final int MAXIMUM_FAILURES = 100;

  private static final List<ObjectType<?>> CONTRACT =
      List.of(
          RtspSource.TYPE,
          IotHubMessageSource.TYPE,
          MotionDetection.TYPE,
          FrameRateFilter.TYPE,
          HttpExtension.TYPE,
          GrpcExtension.TYPE,
          CognitiveServicesVisionExtension.TYPE,
          SignalGate.TYPE,
          AssetSink.TYPE,
          FileSink.TYPE,
          IotHubMessageSink.TYPE);

  private final List<ObjectType<?>> types;

  private NodeTypes(List<ObjectType<?>> types) {
    this.types = List.copyOf(types);
  }

  /**
   * Returns the node types of Live Video Analytics and those that are found by {@link
   * ServiceLoader}.
   *
   * @return the installed node types
   */
  public static NodeTypes installed() {
    return Installed.TYPES;
  }

  /**
   * Returns a copy with more node types.
   *
   * @param more types with {@linkplain ObjectType#node traits}; each replaces a custom type of the
   *     same name
   * @return the copy
   * @throws IllegalArgumentException when a type has no name or no traits, or the name belongs to
   *     Live Video Analytics
   */
  public NodeTypes with(Collection<? extends ObjectType<?>> more) {
    List<ObjectType<?>> all = new ArrayList<>(types);
    for (ObjectType<?> type : more) {
      check(type);
      if (CONTRACT.stream().anyMatch(known -> known.named(type.name()))) {
        throw new IllegalArgumentException(
            "the node type " + type.name() + " is one of Live Video Analytics; name it otherwise");
      }
      all.removeIf(known -> known.named(type.name()));
      all.add(type);
    }
    return new NodeTypes(all);
  }

  private static void check(ObjectType<?> type) {
    if (type.node().isEmpty() || type.name().isEmpty()) {
      throw new IllegalArgumentException(
          "the node type '" + type + "' has no name or no traits; see ObjectType.node");
    }
  }

  /** The kinds of node; a topology has a list for each. */
  public enum Kind {
    /** Nodes without inputs. */
    SOURCE,
    /** Nodes between sources and sinks. */
    PROCESSOR,
    /** Nodes without outputs. */
    SINK;

    /**
     * Returns the property of a topology that lists the nodes of this kind.
     *
     * @return the property, such as {@code sources}
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
   * @return the node types, those of Live Video Analytics first
   */
  public List<ObjectType<?>> of(Kind kind) {
    return types.stream()
        .filter(type -> type.node().filter(node -> node.kind() == kind).isPresent())
        .toList();
  }

  /**
   * Finds a node type.
   *
   * @param kind source, processor or sink
   * @param type the value of {@code @type}, in any letter case; may be a former name
   * @return the node type, or empty when no type of that name and kind is known
   */
  public Optional<ObjectType<?>> find(Kind kind, String type) {
    return of(kind).stream().filter(candidate -> candidate.named(type)).findFirst();
  }

  /**
   * Holds the installed node types, which are looked up when a topology is first read or checked.
   */
  private static final class Installed {
    static final NodeTypes TYPES = types();

    private static NodeTypes types() {
      List<ObjectType<?>> types = new ArrayList<>(CONTRACT);
      // A container may run us with a context class loader that does not see our own modules.
      add(types, ServiceLoader.load(NodeTypeProvider.class).stream().iterator());
      add(
          types,
          ServiceLoader.load(NodeTypeProvider.class, NodeTypes.class.getClassLoader()).stream()
              .iterator());
      return new NodeTypes(types);
    }
  }

  /**
   * Adds the types of the providers that were found; a provider that fails does not hide the
   * others.
   */
  static void add(List<ObjectType<?>> types, Iterator<? extends Supplier<NodeTypeProvider>> found) {
    int failures = 0;
    while (failures < MAXIMUM_FAILURES) {
      try {
        if (!found.hasNext()) {
          return;
        }
        add(types, found.next().get());
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        LOGGER.log(System.Logger.Level.WARNING, "A provider of node types cannot be loaded", e);
      }
    }
  }

  /** Adds the types of a provider, which is foreign code. */
  private static void add(List<ObjectType<?>> types, NodeTypeProvider provider) {
    try {
      provider.types().forEach(type -> add(types, type));
    } catch (RuntimeException | LinkageError e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "Not all node types of " + provider.getClass().getName() + " can be used",
          e);
    }
  }

  private static void add(List<ObjectType<?>> types, ObjectType<?> type) {
    check(type);
    if (types.stream().noneMatch(known -> known.named(type.name()))) {
      types.add(type);
    }
  }
}
