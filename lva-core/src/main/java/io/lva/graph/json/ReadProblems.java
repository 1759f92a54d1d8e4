package io.lva.graph.json;

import io.lva.graph.Problem;
import io.lva.graph.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects all that is wrong with a JSON text, to report it together. Confined to one read. */
final class ReadProblems {
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final List<Problem> warnings = new ArrayList<>();

  void add(ProblemCode code, String path, String message) {
    add(new Problem(code, message, path));
  }

  void add(Problem problem) {
    if (problem.code().warning()) {
      warnings.add(problem);
    } else {
      problems.add(problem);
    }
  }

  void missing(String path, String name) {
    add(ProblemCode.PROPERTY_REQUIRED, path, "The property '" + name + "' is missing.");
  }

  void wrongKind(String path, String wanted) {
    add(ProblemCode.PROPERTY_TYPE_INVALID, path, "The value must be " + wanted + ".");
  }

  void unknown(JsonObject object) {
    for (String name : object.others()) {
      add(
          ProblemCode.PROPERTY_UNKNOWN,
          object.path() + "." + name,
          "The property '" + name + "' is unknown and has no effect.");
    }
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }
}
