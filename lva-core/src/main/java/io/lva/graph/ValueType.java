package io.lva.graph;

/**
 * How the text of a property is read. Implementations are values: equal when they read alike.
 *
 * @param <T> type of the property
 */
public interface ValueType<T> {
  /**
   * Reads a text.
   *
   * @param text without {@code ${…}}
   * @return the value
   * @throws IllegalArgumentException when the text is not such a value; the message does not repeat
   *     it
   */
  T parse(String text);

  /**
   * Writes a value as JSON and parameters carry it.
   *
   * @param value the value
   * @return the canonical text; for a secret, the secret itself
   */
  default String format(T value) {
    return String.valueOf(value);
  }

  /**
   * Returns whether values must never be printed.
   *
   * @return true for passwords and the like
   */
  default boolean secret() {
    return false;
  }
}
