package io.lva.graph;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a topology or an instance is wrong; lists every problem. */
public final class TopologyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // of List.copyOf and records of strings
  private final List<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param problems at least one
   */
  public TopologyException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns what is wrong.
   *
   * @return every problem
   */
  public List<Problem> problems() {
    return problems;
  }
}
