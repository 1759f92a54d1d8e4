package io.lva.runtime;

import io.lva.graph.NodeTypes;
import io.lva.spi.NodeProvider;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The providers of a runtime, by node type. Immutable. */
final class NodeProviders {
  private static final System.Logger LOGGER = System.getLogger(NodeProviders.class.getName());

  /**
   * The number of failures after which a search ends: an unreadable service file may fail forever.
   */
  private static final int MAXIMUM_FAILURES = 100;

  private final Map<String, NodeProvider> byType;
  private final Set<String> broken;

  private NodeProviders(Map<String, NodeProvider> byType, Set<String> broken) {
    this.byType = Map.copyOf(byType);
    this.broken = Collections.unmodifiableSet(new LinkedHashSet<>(broken));
  }

  /**
   * Finds the providers on the module path, on the class path and in a shaded jar. One that cannot
   * be loaded is left out, and reported when a node needs it.
   *
   * @param registered providers that take precedence over those that are found
   */
  static NodeProviders find(List<NodeProvider> registered) {
    Map<String, NodeProvider> byType = new LinkedHashMap<>();
    Set<String> broken = new LinkedHashSet<>();
    registered.forEach(provider -> byType.put(type(provider), provider));
    // A container may run us with a context class loader that does not see our own modules.
    add(byType, broken, ServiceLoader.load(NodeProvider.class));
    add(
        byType,
        broken,
        ServiceLoader.load(NodeProvider.class, NodeProviders.class.getClassLoader()));
    ModuleLayer layer = NodeProviders.class.getModule().getLayer();
    if (layer != null) {
      add(byType, broken, ServiceLoader.load(layer, NodeProvider.class));
    }
    broken.forEach(message -> LOGGER.log(System.Logger.Level.WARNING, message));
    return new NodeProviders(byType, broken);
  }

  /**
   * Adds the providers that were found; one whose classes are incomplete does not hide the others.
   */
  private static void add(
      Map<String, NodeProvider> byType, Set<String> broken, ServiceLoader<NodeProvider> found) {
    Iterator<ServiceLoader.Provider<NodeProvider>> providers = found.stream().iterator();
    int failures = 0;
    while (failures < MAXIMUM_FAILURES) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        NodeProvider provider = providers.next().get();
        byType.putIfAbsent(type(provider), provider);
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        broken.add("A node provider cannot be loaded: " + reason(e));
      } catch (IllegalArgumentException e) {
        failures++;
        broken.add(e.getMessage());
      }
    }
  }

  /** Returns the type of a provider, which is foreign code and may throw or return null. */
  private static String type(NodeProvider provider) {
    String reason = "is null";
    @Nullable RuntimeException cause = null;
    try {
      @Nullable String type = provider.type();
      if (type != null) {
        return type;
      }
    } catch (RuntimeException e) {
      reason = "cannot be read, it threw " + e;
      cause = e;
    }
    throw new IllegalArgumentException(
        "The node provider "
            + provider.getClass().getName()
            + " cannot be used: its type() "
            + reason
            + ". It must return the @type of the nodes it makes.",
        cause);
  }

  /** Returns the node types that topologies in JSON may have. */
  NodeTypes types() {
    NodeTypes types = NodeTypes.installed();
    for (NodeProvider provider : byType.values()) {
      try {
        types = types.with(provider.objectType().stream().toList());
      } catch (RuntimeException | LinkageError e) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "Topologies in JSON cannot have nodes of "
                + provider.getClass().getName()
                + ", whose objectType() is wrong",
            e);
      }
    }
    return types;
  }

  /** Returns in one line which class is missing or that classes do not fit, and what to do. */
  static String missing(LinkageError failure) {
    return failure instanceof NoClassDefFoundError
        ? "needs the class "
            + String.valueOf(failure.getMessage()).replace('/', '.')
            + ", which cannot be loaded. Add the artifact that holds it to the class path or"
            + " module path."
        : "does not fit the other classes ("
            + failure
            + "). Use artifacts of one version, and what they depend on.";
  }

  private static String reason(Error failure) {
    if (failure instanceof LinkageError incomplete) {
      return "it " + missing(incomplete);
    }
    return failure.getCause() instanceof LinkageError incomplete
        ? failure.getMessage() + ": it " + missing(incomplete)
        : String.valueOf(failure.getMessage());
  }

  /** Returns the provider of a node; throws, naming what is missing, when there is none. */
  NodeProvider of(PlannedNode node) {
    NodeProvider provider = byType.get(node.spec().type());
    if (provider == null) {
      throw new ActivationException(
          "Node '"
              + node.name()
              + "' is of type "
              + node.spec().type()
              + ", and nothing on the class path or module path implements it. "
              + advice(node.spec().type())
              + broken.stream().map(message -> " " + message).collect(Collectors.joining()),
          node.name(),
          null);
    }
    return provider;
  }

  private static String advice(String type) {
    String name = type.substring(type.lastIndexOf('.') + 1);
    return switch (name) {
      case "MediaGraphRtspSource" -> "Add the artifact io.lva:lva-rtsp.";
      case "MediaGraphMotionDetectionProcessor",
          "MediaGraphSignalGateProcessor",
          "MediaGraphFrameRateFilterProcessor",
          "MediaGraphIoTHubMessageSource",
          "MediaGraphIoTHubMessageSink" ->
          "Add the artifact io.lva:lva-processors.";
      case "MediaGraphHttpExtension",
          "MediaGraphGrpcExtension",
          "MediaGraphCognitiveServicesVisionExtension" ->
          "Add the artifact io.lva:lva-extension.";
      case "MediaGraphAssetSink" -> "Add the artifact io.lva:lva-sink-asset.";
      default -> "Register a NodeProvider for it with MediaRuntime.builder().nodes(…).";
    };
  }
}
