package io.lva.graph.json;

import io.lva.graph.ApiVersion;
import io.lva.graph.ObjectType;
import io.lva.graph.ProblemCode;
import io.lva.graph.Property;
import io.lva.graph.PropertyObject;
import io.lva.graph.Settings;
import io.lva.graph.Value;
import io.lva.graph.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads nodes and their parts by the properties of their types. Confined to one read. */
final class ObjectReader {
  private static final String TYPE = "@type";

  private final ApiVersion version;
  private final boolean ofClient;
  private final ReadProblems problems;
  private final ScalarReader scalars;

  ObjectReader(ApiVersion version, boolean ofClient, ReadProblems problems) {
    this.version = version;
    this.ofClient = ofClient;
    this.problems = problems;
    this.scalars = new ScalarReader(problems);
  }

  /** Reads all properties of a type; what is missing or wrong is reported and left out. */
  <C extends PropertyObject> C read(ObjectType<C> type, JsonObject json) {
    Settings settings = Settings.empty();
    for (Property<?> property : type.properties()) {
      settings = read(property, json, settings);
    }
    return type.create(settings);
  }

  private <S> Settings read(Property<S> property, JsonObject json, Settings settings) {
    Optional<JsonObject.Field> field =
        property
            .formerName()
            .map(former -> json.find(property.name(), former))
            .orElseGet(() -> json.find(property.name()));
    if (field.isEmpty()) {
      if (property.required(version) && (ofClient || !property.requiredOfClientsOnly())) {
        problems.missing(json.pathOf(property.name()), property.name());
      }
      return settings;
    }
    return read(property, field.get(), settings);
  }

  private Settings read(Property<?> property, JsonObject.Field field, Settings settings) {
    if (property instanceof Property.Scalar<?> scalar) {
      return scalar(scalar, field, settings);
    }
    if (property instanceof Property.Texts texts) {
      return settings.with(texts, texts(field));
    }
    return child((Property.Child<?>) property, field, settings);
  }

  private <T> Settings scalar(
      Property.Scalar<T> property, JsonObject.Field field, Settings settings) {
    return scalars
        .value(field, property.type())
        .map(value -> settings.with(property, value))
        .orElse(settings);
  }

  private List<Value<String>> texts(JsonObject.Field field) {
    List<Value<String>> values = new ArrayList<>();
    for (JsonObject.Field element : scalars.array(Optional.of(field))) {
      scalars.value(element, ValueTypes.TEXT).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  private <C extends PropertyObject> Settings child(
      Property.Child<C> property, JsonObject.Field field, Settings settings) {
    Optional<C> child = scalars.object(field).flatMap(json -> child(property, json));
    return child.map(object -> settings.with(property, object)).orElse(settings);
  }

  private <C extends PropertyObject> Optional<C> child(
      Property.Child<C> property, JsonObject json) {
    Optional<ObjectType<? extends C>> type = type(property, json);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    C object = read(type.get(), json);
    problems.unknown(json);
    return Optional.of(object);
  }

  private <C extends PropertyObject> Optional<ObjectType<? extends C>> type(
      Property.Child<C> property, JsonObject json) {
    Optional<JsonObject.Field> field = json.find(TYPE);
    List<ObjectType<? extends C>> types = property.types();
    if (types.size() == 1 && (field.isEmpty() || types.get(0).name().isEmpty())) {
      return Optional.of(types.get(0)); // nothing to tell apart
    }
    if (field.isEmpty()) {
      problems.missing(json.pathOf(TYPE), TYPE);
      return Optional.empty();
    }
    return scalars.text(field.get()).flatMap(text -> type(types, text, field.get().path()));
  }

  private <C extends PropertyObject> Optional<ObjectType<? extends C>> type(
      List<ObjectType<? extends C>> types, String text, String path) {
    for (ObjectType<? extends C> type : types) {
      if (type.named(text)) {
        return Optional.of(type);
      }
    }
    List<String> names = types.stream().map(ObjectType::name).toList();
    problems.add(
        ProblemCode.TYPE_UNKNOWN,
        path,
        "The type is unknown here. Known are " + String.join(", ", names) + ".");
    return Optional.empty();
  }
}
