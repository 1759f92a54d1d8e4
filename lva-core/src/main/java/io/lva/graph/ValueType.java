package io.lva.graph;

/**
 * How the text of a property is read. Implementations are immutable, and equal when they read texts
 * in the same way.
 *
 * @param <T> type of the property
 */
public interface ValueType<T> {
  /**
   * Reads a text.
   *
   * @param text without {@code ${…}}
   * @return the value
   * @throws IllegalArgumentException when the text is not a value of this type; the message does
   *     not repeat the text
   */
  T parse(String text);

  /**
   * Returns the text of a value, as it stands in JSON and in parameters.
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
