package io.lva.graph;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Resolves the values of a topology that are not secret, for rules that compare several values. */
final class ResolvedTopology {
  private final Resolver resolver;
  private final Instant now;

  private ResolvedTopology(Resolver resolver, Instant now) {
    this.resolver = resolver;
    this.now = now;
  }

  static GraphTopology of(GraphTopology topology, Resolver resolver, Instant now) {
    ResolvedTopology resolved = new ResolvedTopology(resolver, now);
    return new GraphTopology(
        topology.name(),
        topology.apiVersion(),
        topology.description(),
        topology.parameters(),
        resolved.nodes(topology.sources()),
        resolved.nodes(topology.processors()),
        resolved.nodes(topology.sinks()));
  }

  private List<Node> nodes(List<Node> nodes) {
    return nodes.stream()
        .map(
            node ->
                node.spec() instanceof PropertyObject object
                    ? new Node(node.name(), (NodeSpec) object(object), node.inputs())
                    : node)
        .toList();
  }

  private PropertyObject object(PropertyObject object) {
    Settings settings = Settings.empty();
    for (Property<?> property : object.objectType().properties()) {
      settings = with(settings, property, object);
    }
    return object.objectType().create(settings);
  }

  private Settings with(Settings settings, Property<?> property, PropertyObject object) {
    if (property instanceof Property.Scalar<?> scalar) {
      return scalar(settings, scalar, object);
    }
    if (property instanceof Property.Child<?> child) {
      return child(settings, child, object);
    }
    return settings; // no rule is about several texts
  }

  private <T> Settings scalar(
      Settings settings, Property.Scalar<T> property, PropertyObject object) {
    Optional<Value<T>> value = object.settings().get(property);
    return value
        .map(v -> property.type().secret() ? v : Value.of(resolver.resolve(v, now)))
        .map(v -> settings.with(property, v))
        .orElse(settings);
  }

  @SuppressWarnings("unchecked") // the type of an object makes objects of its class
  private <C extends PropertyObject> Settings child(
      Settings settings, Property.Child<C> property, PropertyObject object) {
    return object
        .settings()
        .get(property)
        .map(child -> settings.with(property, (C) object(child)))
        .orElse(settings);
  }
}
