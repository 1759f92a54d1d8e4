package io.lva.iot;

import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.TopologyException;
import io.lva.runtime.InstanceDefinition;
import io.lva.runtime.InstanceValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one graph instance, and finds everything that is wrong with its form. Used once. */
final class InstanceReader {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?");

  private final List<Problem> problems = new ArrayList<>();

  private InstanceReader() {}

  /**
   * Reads an instance.
   *
   * @throws TopologyException with every problem of form; whether the values fit is not checked
   */
  static InstanceDefinition read(Payload payload) {
    InstanceReader reader = new InstanceReader();
    InstanceDefinition definition = reader.definition(payload.root());
    if (!reader.problems.isEmpty()) {
      throw new TopologyException(reader.problems);
    }
    return definition;
  }

  private InstanceDefinition definition(Located root) {
    String name = text(root, "name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      problem(
          ProblemCode.PROPERTY_VALUE_INVALID_PATTERN,
          "A name has 1 to 32 letters, digits and inner dashes.",
          root.path() + ".name");
    }
    Optional<Located> properties = root.child("properties");
    if (properties.isEmpty() || !properties.get().json().isObject()) {
      problem(
          ProblemCode.PROPERTY_REQUIRED,
          "An instance has 'properties'.",
          root.path() + ".properties");
      return new InstanceDefinition(name, "", Optional.empty(), InstanceValues.none());
    }
    Located body = properties.get();
    return new InstanceDefinition(
        name,
        text(body, "topologyName"),
        body.child("description").map(value -> value.json().asText()),
        values(body));
  }

  private InstanceValues values(Located body) {
    InstanceValues.Builder values = InstanceValues.builder();
    Optional<Located> parameters = body.child("parameters");
    if (parameters.isPresent() && !parameters.get().json().isArray()) {
      problem(
          ProblemCode.PROPERTY_TYPE_INVALID, "'parameters' is a list.", parameters.get().path());
      return values.build();
    }
    for (Located item : parameters.map(Located::items).orElse(List.of())) {
      String name = text(item, "name");
      String value = text(item, "value");
      if (values.build().texts().containsKey(name)) {
        problem(
            ProblemCode.PARAMETER_DUPLICATE,
            "The parameter '" + name + "' has two values.",
            item.path() + ".name");
      }
      values.set(name, value);
    }
    return values.build();
  }

  /** Returns a text; a number or a truth value as its text. */
  private String text(Located object, String name) {
    Optional<Located> value = object.child(name);
    if (value.isEmpty()) {
      problem(
          ProblemCode.PROPERTY_REQUIRED, "'" + name + "' is missing.", object.path() + "." + name);
      return "";
    }
    if (!value.get().json().isValueNode()) {
      problem(ProblemCode.PROPERTY_TYPE_INVALID, "'" + name + "' is a text.", value.get().path());
      return "";
    }
    return value.get().json().asText();
  }

  private void problem(ProblemCode code, String message, String path) {
    problems.add(new Problem(code, message, path));
  }
}
