package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.Parameter;
import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import io.lva.graph.TopologyException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What must be true of an instance and its topology. */
final class InstanceRules {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?");

  private InstanceRules() {}

  static void check(String name, GraphTopology topology, InstanceValues values) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name: 1 to 32 letters, digits and inner dashes");
    }
    List<Problem> problems = new ArrayList<>();
    int index = 0;
    for (String given : values.texts().keySet()) {
      String path = "$.properties.parameters[" + index++ + "]";
      topology
          .parameter(given)
          .ifPresentOrElse(
              parameter -> checkText(parameter, values, path, problems),
              () ->
                  problems.add(
                      new Problem(
                          ProblemCode.PARAMETER_NOT_DECLARED,
                          "Topology '"
                              + topology.name()
                              + "' does not declare the parameter '"
                              + given
                              + "'.",
                          path + ".name")));
    }
    for (Parameter<?> parameter : topology.parameters()) {
      if (parameter.defaultText().isEmpty() && !values.texts().containsKey(parameter.name())) {
        problems.add(
            new Problem(
                ProblemCode.PARAMETER_VALUE_REQUIRED,
                "The parameter '" + parameter.name() + "' has no default and needs a value.",
                "$.properties.parameters"));
      }
    }
    if (!problems.isEmpty()) {
      throw new TopologyException(problems);
    }
  }

  private static void checkText(
      Parameter<?> parameter, InstanceValues values, String path, List<Problem> problems) {
    try {
      parameter.type().valueType().parse(values.texts().getOrDefault(parameter.name(), ""));
    } catch (IllegalArgumentException e) {
      problems.add(
          new Problem(
              ProblemCode.PARAMETER_VALUE_INVALID,
              "The value of the parameter '" + parameter.name() + "' is " + e.getMessage() + ".",
              path + ".value"));
    }
  }
}
