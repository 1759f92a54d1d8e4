package io.lva.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the declarations of parameters and their use in properties. */
final class ParameterRules implements PropertyWalk.Visitor {
  private static final int MAXIMUM_NAME_LENGTH = 64;

  private final GraphTopology topology;
  private final Findings findings;
  private final Map<String, Parameter<?>> declared = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Map<String, Property<?>> plain = new HashMap<>();

  private ParameterRules(GraphTopology topology, Findings findings) {
    this.topology = topology;
    this.findings = findings;
  }

  static void check(GraphTopology topology, Findings findings) {
    ParameterRules rules = new ParameterRules(topology, findings);
    rules.declarations();
    PropertyWalk.visit(topology, rules);
    rules.unused();
    rules.plainSecrets();
  }

  private void declarations() {
    for (int i = 0; i < topology.parameters().size(); i++) {
      Parameter<?> parameter = topology.parameters().get(i);
      String path = path(i);
      name(parameter.name(), path + ".name");
      if (!parameter.name().isEmpty()
          && declared.putIfAbsent(parameter.name(), parameter) != null) {
        findings.add(
            ProblemCode.PARAMETER_DUPLICATE,
            path + ".name",
            "The parameter '" + parameter.name() + "' is declared twice.");
      }
      parameter.defaultText().ifPresent(text -> defaultText(parameter, text, path + ".default"));
    }
  }

  private void name(String name, String path) {
    if (name.length() > MAXIMUM_NAME_LENGTH) {
      findings.add(
          ProblemCode.PROPERTY_VALUE_OUT_OF_RANGE,
          path,
          "The name of a parameter has at most 64 characters.");
    }
    if (name.startsWith(SystemVariables.PREFIX)
        || name.chars().anyMatch(c -> "${}".indexOf(c) >= 0)) {
      findings.add(
          ProblemCode.PROPERTY_VALUE_INVALID_PATTERN,
          path,
          "The name of a parameter neither begins with 'System.' nor contains '$', '{' or '}'.");
    }
  }

  private void defaultText(Parameter<?> parameter, String text, String path) {
    try {
      parameter.type().valueType().parse(text);
    } catch (IllegalArgumentException e) {
      findings.add(
          ProblemCode.PARAMETER_VALUE_INVALID,
          path,
          "The default of the parameter '" + parameter.name() + "' is " + e.getMessage() + ".");
    }
  }

  @Override
  public <T> void value(Property<?> property, ValueType<T> type, Value<T> value, String path) {
    if (value instanceof Value.Template<T> template) {
      for (String name : Placeholders.names(template.text())) {
        reference(name, path).ifPresent(parameter -> fills(parameter, property, type, path));
      }
    }
  }

  @Override
  public void opaque(OpaqueSpec spec, String path) {
    // A type that is not LVA's may have variables that are not LVA's.
    Placeholders.names(spec.json()).stream()
        .filter(name -> !name.startsWith(SystemVariables.PREFIX))
        .forEach(name -> reference(name, path));
  }

  private Optional<Parameter<?>> reference(String name, String path) {
    if (SystemVariables.ALL.contains(name)) {
      return Optional.empty();
    }
    used.add(name);
    Optional<Parameter<?>> parameter = Optional.ofNullable(declared.get(name));
    if (parameter.isEmpty()) {
      findings.add(
          ProblemCode.PARAMETER_NOT_DECLARED,
          path,
          "The parameter '" + name + "' is used and not declared.");
    }
    return parameter;
  }

  private void fills(Parameter<?> parameter, Property<?> property, ValueType<?> type, String path) {
    boolean secret = parameter.type() == ParameterType.SECRET_STRING;
    if (!secret && type.secret()) {
      plain.putIfAbsent(parameter.name(), property);
    }
    if (secret && !type.secret()) {
      findings.add(
          ProblemCode.SECRET_NOT_ALLOWED,
          path,
          "The secret parameter '"
              + parameter.name()
              + "' cannot fill '"
              + property
              + "', which may be printed.");
    }
  }

  private void unused() {
    List<Parameter<?>> parameters = topology.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (!used.contains(parameters.get(i).name())) {
        findings.add(
            ProblemCode.PARAMETER_UNUSED,
            path(i),
            "The parameter '" + parameters.get(i).name() + "' is declared and not used.");
      }
    }
  }

  private void plainSecrets() {
    List<Parameter<?>> parameters = topology.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Property<?> property = plain.remove(parameters.get(i).name());
      if (property != null) {
        findings.add(
            ProblemCode.PARAMETER_NOT_SECRET,
            path(i) + ".type",
            "The parameter '"
                + parameters.get(i).name()
                + "' fills '"
                + property
                + "' and is no SecretString: its default and its values are in every answer.");
      }
    }
  }

  private static String path(int index) {
    return "$.properties.parameters[" + index + "]";
  }
}
