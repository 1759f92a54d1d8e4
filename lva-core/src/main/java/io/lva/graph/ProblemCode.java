package io.lva.graph;

/** Kinds of problem; docs/contract.md says what each means. Texts never change. */
public enum ProblemCode {
  /** Nodes are not connected as they must be. */
  GRAPH_VALIDATION("GraphValidationError");

  private final String text;

  ProblemCode(String text) {
    this.text = text;
  }

  /**
   * Returns the code in answers.
   *
   * @return such as {@code GraphValidationError}
   */
  public String text() {
    return text;
  }
}
