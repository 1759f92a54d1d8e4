package io.lva.runtime;

import io.lva.spi.NodeProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The installed node types by their name. Immutable. */
final class NodeProviders {
  private final Map<String, NodeProvider> byType;

  private NodeProviders(Map<String, NodeProvider> byType) {
    this.byType = Map.copyOf(byType);
  }

  /**
   * Finds what is installed on the module path, on the class path and in a shaded jar.
   *
   * @param registered win over what is found
   */
  static NodeProviders find(List<NodeProvider> registered) {
    Map<String, NodeProvider> byType = new LinkedHashMap<>();
    registered.forEach(provider -> byType.put(provider.type(), provider));
    // A container may run us with a context class loader that does not see our own modules.
    add(byType, ServiceLoader.load(NodeProvider.class));
    add(byType, ServiceLoader.load(NodeProvider.class, NodeProviders.class.getClassLoader()));
    ModuleLayer layer = NodeProviders.class.getModule().getLayer();
    if (layer != null) {
      add(byType, ServiceLoader.load(layer, NodeProvider.class));
    }
    return new NodeProviders(byType);
  }

  private static void add(Map<String, NodeProvider> byType, ServiceLoader<NodeProvider> found) {
    found.forEach(provider -> byType.putIfAbsent(provider.type(), provider));
  }

  /** Returns the provider of a node, or says what is missing. */
  NodeProvider of(PlannedNode node) {
    NodeProvider provider = byType.get(node.spec().type());
    if (provider == null) {
      throw new ActivationException(
          "Node '"
              + node.name()
              + "' is of type "
              + node.spec().type()
              + ", and nothing on the class path or module path implements it. "
              + advice(node.spec().type()),
          node.name(),
          null);
    }
    return provider;
  }

  private static String advice(String type) {
    String name = type.substring(type.lastIndexOf('.') + 1);
    return switch (name) {
      case "MediaGraphRtspSource" -> "Add the artifact io.lva:lva-rtsp.";
      case "MediaGraphAssetSink", "MediaGraphFileSink" -> "Add the artifact io.lva:lva-sink-asset.";
      default -> "Register a NodeProvider for it with MediaRuntime.builder().nodes(…).";
    };
  }
}
