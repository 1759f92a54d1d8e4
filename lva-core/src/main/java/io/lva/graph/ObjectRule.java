package io.lva.graph;

/**
 * A rule for the properties of one object, beyond the limits of each single property: for example,
 * one duration must not be longer than another. The rule is part of the object's {@link
 * ObjectType}.
 *
 * <p>Implementations are thread-safe.
 *
 * @param <C> class of the object
 */
@FunctionalInterface
public interface ObjectRule<C> {
  /**
   * Applies the rule.
   *
   * @param object may lack required properties and hold templates whose value is not known yet
   * @param report receives what is wrong
   */
  void check(C object, Report report);

  /** Receives what a rule finds. */
  @FunctionalInterface
  interface Report {
    /**
     * Adds a problem.
     *
     * @param code of the problem
     * @param property its name, dotted for a property of a part such as {@code endpoint.url}; empty
     *     for the object as a whole
     * @param message one sentence for the author of the topology, without secrets
     */
    void add(ProblemCode code, String property, String message);
  }
}
