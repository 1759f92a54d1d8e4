package io.lva.graph;

/**
 * A property of a node: known now, or a text with {@code ${…}} that is resolved when the graph
 * runs.
 *
 * <p>Immutable.
 *
 * @param <T> type of the property
 */
public sealed interface Value<T> {
  /**
   * Makes a known value.
   *
   * @param <T> type of the property
   * @param value the value
   * @return a literal
   */
  static <T> Value<T> of(T value) {
    return new Literal<>(value);
  }

  /**
   * Makes a value that depends on parameters or system variables.
   *
   * @param <T> type of the property
   * @param text with at least one {@code ${name}}, whole or within other text
   * @param type how the resolved text is read
   * @return a template
   */
  static <T> Value<T> template(String text, ValueType<T> type) {
    return new Template<>(text, type);
  }

  /**
   * A known value.
   *
   * @param <T> type of the property
   * @param value the value
   */
  record Literal<T>(T value) implements Value<T> {}

  /**
   * A text to be resolved.
   *
   * @param <T> type of the property
   * @param text with {@code ${name}} in it
   * @param type how the resolved text is read
   */
  record Template<T>(String text, ValueType<T> type) implements Value<T> {}
}
