package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.EndpointUrl;
import io.lva.graph.ObjectType;
import io.lva.graph.Property;
import io.lva.graph.PropertyObject;
import io.lva.graph.Value;
import io.lva.graph.ValueType;
import io.lva.graph.ValueTypes;
import java.util.Optional;

/** Writes nodes and their parts by the properties of their types. Immutable. */
final class ObjectWriter {
  private final boolean echo;

  ObjectWriter(boolean echo) {
    this.echo = echo;
  }

  void write(ObjectNode json, PropertyObject object) {
    for (Property<?> property : object.objectType().properties()) {
      if (property instanceof Property.Scalar<?> scalar) {
        scalar(json, scalar, object);
      } else if (property instanceof Property.Texts texts) {
        object
            .settings()
            .get(texts)
            .ifPresent(
                values -> {
                  ArrayNode array = json.putArray(texts.name());
                  values.forEach(value -> array.add(Value.text(value, ValueTypes.TEXT)));
                });
      } else {
        child(json, (Property.Child<?>) property, object);
      }
    }
  }

  private <T> void scalar(ObjectNode json, Property.Scalar<T> property, PropertyObject object) {
    Optional<Value<T>> value = object.settings().get(property);
    if (echo && property.type().secret()) {
      return;
    }
    if (value.isEmpty()) {
      property.echoedDefault().filter(text -> echo).ifPresent(t -> json.put(property.name(), t));
    } else if (property.jsonBoolean()
        && value.get() instanceof Value.Literal<T> literal
        && literal.value() instanceof Boolean truth) {
      json.put(property.name(), truth);
    } else {
      json.put(property.name(), text(value.get(), property.type()));
    }
  }

  private <T> String text(Value<T> value, ValueType<T> type) {
    String text = Value.text(value, type);
    return echo && type.equals(ValueTypes.URL) ? EndpointUrl.withoutUserInfo(text) : text;
  }

  private <C extends PropertyObject> void child(
      ObjectNode json, Property.Child<C> property, PropertyObject object) {
    Optional<C> child = object.settings().get(property);
    if (child.isPresent()) {
      ObjectNode node = json.putObject(property.name());
      ObjectType<?> type = child.get().objectType();
      if (!type.name().isEmpty()) {
        node.put("@type", type.name());
      }
      write(node, child.get());
    }
  }
}
