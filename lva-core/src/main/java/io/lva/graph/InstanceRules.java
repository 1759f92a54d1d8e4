package io.lva.graph;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rules for an instance of a topology: the values of its parameters must fit their types and
 * the properties that they fill.
 *
 * <p>Thread-safe.
 */
public final class InstanceRules {
  private static final String PARAMETERS = "$.properties.parameters";

  private final GraphTopology topology;
  private final InstanceDefinition instance;
  private final List<String> given;
  private final Findings findings = new Findings();

  private InstanceRules(GraphTopology topology, InstanceDefinition instance) {
    this.topology = topology;
    this.instance = instance;
    this.given = List.copyOf(instance.parameters().keySet());
  }

  /**
   * Applies all rules.
   *
   * @param topology the topology that the instance runs; it must be valid itself
   * @param instance the definition to check
   * @return every problem, with paths into the instance; empty when the instance is valid
   */
  public static List<Problem> problems(GraphTopology topology, InstanceDefinition instance) {
    InstanceRules rules = new InstanceRules(topology, instance);
    NameRules.checkResource("instance", instance.name(), rules.findings);
    rules.values();
    rules.missing();
    if (rules.findings.problems().isEmpty()) {
      rules.resolved();
    }
    return rules.findings.problems();
  }

  private void values() {
    int index = 0;
    for (Map.Entry<String, String> value : instance.parameters().entrySet()) {
      String path = PARAMETERS + "[" + index++ + "]";
      topology
          .parameter(value.getKey())
          .ifPresentOrElse(
              parameter -> value(parameter, value.getValue(), path + ".value"),
              () ->
                  findings.add(
                      ProblemCode.PARAMETER_NOT_DECLARED,
                      path + ".name",
                      "The topology '"
                          + topology.name()
                          + "' does not declare the parameter '"
                          + value.getKey()
                          + "'."));
    }
  }

  private void value(Parameter<?> parameter, String text, String path) {
    try {
      parameter.type().valueType().parse(text);
    } catch (IllegalArgumentException e) {
      findings.add(
          ProblemCode.PARAMETER_VALUE_INVALID,
          path,
          "The value of the parameter '" + parameter.name() + "' is " + e.getMessage() + ".");
    }
  }

  private void missing() {
    for (Parameter<?> parameter : topology.parameters()) {
      boolean has = instance.parameters().containsKey(parameter.name());
      if (!has && parameter.defaultText().isEmpty()) {
        findings.add(
            ProblemCode.PARAMETER_VALUE_REQUIRED,
            PARAMETERS,
            "The parameter '" + parameter.name() + "' has no default and needs a value.");
      }
    }
  }

  /** Applies the rules for values to the resolved templates. */
  private void resolved() {
    Resolver resolver = Resolver.of(topology, instance.name(), instance.parameters());
    PropertyWalk.visit(topology, new Check(resolver));
    if (findings.problems().isEmpty()) {
      Findings values = new Findings();
      PropertyRules.check(ResolvedTopology.of(topology, resolver, Instant.EPOCH), values);
      for (Problem problem : values.problems()) {
        findings.add(problem.code(), PARAMETERS, problem.message() + " (" + problem.path() + ")");
      }
    }
  }

  private final class Check implements PropertyWalk.Visitor {
    private final Resolver resolver;

    Check(Resolver resolver) {
      this.resolver = resolver;
    }

    @Override
    public <T> void value(Property<?> property, ValueType<T> type, Value<T> value, String path) {
      if (!(value instanceof Value.Template<T> template)) {
        return;
      }
      try {
        T resolved = resolver.resolve(template, Instant.EPOCH);
        Limit.broken(property, resolved)
            .ifPresent(
                limit -> report(limit.code(), template, path, "it must " + limit.rule() + "."));
      } catch (IllegalArgumentException e) {
        report(ProblemCode.PARAMETER_VALUE_INVALID, template, path, e.getMessage() + ".");
      }
    }

    private void report(ProblemCode code, Value.Template<?> template, String path, String reason) {
      List<String> names = new ArrayList<>(Placeholders.names(template.text()));
      names.retainAll(given);
      String where =
          names.isEmpty() ? PARAMETERS : PARAMETERS + "[" + given.indexOf(names.get(0)) + "].value";
      findings.add(code, where, "The value does not fit " + path + " of the topology: " + reason);
    }
  }
}
