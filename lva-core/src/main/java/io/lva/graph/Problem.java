package io.lva.graph;

/**
 * What is wrong with a topology or an instance, and where.
 *
 * <p>Immutable.
 *
 * @param code the kind of problem
 * @param message one or two sentences for people, without secrets
 * @param path where in the JSON, such as {@code $.properties.sinks[0].name}, in the casing of the
 *     request
 */
public record Problem(ProblemCode code, String message, String path) {
  @Override
  public String toString() {
    return code.text() + " at " + path + ": " + message;
  }
}
