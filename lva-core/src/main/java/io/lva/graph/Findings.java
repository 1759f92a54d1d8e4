package io.lva.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects what rules find. Confined to one check. */
final class Findings {
  private final List<Problem> found = new ArrayList<>();

  void add(ProblemCode code, String path, String message) {
    found.add(new Problem(code, message, path));
  }

  List<Problem> all() {
    return List.copyOf(found);
  }

  List<Problem> problems() {
    return found.stream().filter(Predicate.not(Findings::warns)).toList();
  }

  List<Problem> warnings() {
    return found.stream().filter(Findings::warns).toList();
  }

  private static boolean warns(Problem problem) {
    return problem.code().warning();
  }
}
