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
   * @throws IllegalArgumentException when the text is no such value; the message does not repeat it
   */
  T parse(String text);
}
