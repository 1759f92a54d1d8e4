package io.lva.graph;

import java.util.List;

/** Visits every value of a topology, with its path. */
final class PropertyWalk {
  private final Visitor visitor;

  private PropertyWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Receives the objects and values of a topology. */
  interface Visitor {
    /** Receives a node or a part of one, before its values. */
    default void object(PropertyObject object, String path) {}

    /** Receives a value. */
    <T> void value(Property<?> property, ValueType<T> type, Value<T> value, String path);

    /** Receives the JSON of a node of an unknown type. */
    default void opaque(OpaqueSpec spec, String path) {}
  }

  static void visit(GraphTopology topology, Visitor visitor) {
    PropertyWalk walk = new PropertyWalk(visitor);
    for (PlacedNode node : PlacedNode.all(topology)) {
      if (node.spec() instanceof PropertyObject object) {
        walk.object(object, node.path());
      } else if (node.spec() instanceof OpaqueSpec opaque) {
        visitor.opaque(opaque, node.path());
      }
    }
  }

  private void object(PropertyObject object, String path) {
    visitor.object(object, path);
    for (Property<?> property : object.objectType().properties()) {
      String child = path + "." + property.name();
      if (property instanceof Property.Scalar<?> scalar) {
        scalar(object, scalar, child);
      } else if (property instanceof Property.Texts texts) {
        object.settings().get(texts).ifPresent(values -> texts(texts, values, child));
      } else {
        object.settings().get(property).ifPresent(c -> object((PropertyObject) c, child));
      }
    }
  }

  private <T> void scalar(PropertyObject object, Property.Scalar<T> property, String path) {
    object
        .settings()
        .get(property)
        .ifPresent(value -> visitor.value(property, property.type(), value, path));
  }

  private void texts(Property<?> property, List<Value<String>> values, String path) {
    for (int i = 0; i < values.size(); i++) {
      visitor.value(property, ValueTypes.TEXT, values.get(i), path + "[" + i + "]");
    }
  }
}
