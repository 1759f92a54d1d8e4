package io.lva.graph;

import java.util.Objects;
import java.util.Optional;

/**
 * The value of a node's property: either known now, or a text with {@code ${…}} that is resolved
 * when the graph runs.
 *
 * <p>Immutable.
 *
 * @param <T> type of the property
 */
public sealed interface Value<T> {
  /**
   * Creates a known value.
   *
   * @param <T> type of the property
   * @param value the value
   * @return a literal
   */
  static <T> Value<T> of(T value) {
    return new Literal<>(value);
  }

  /**
   * Creates a value that depends on parameters or system variables.
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
   * Creates a literal, or a template when the text has {@code ${name}} in it.
   *
   * @param <T> type of the property
   * @param text as in JSON
   * @param type how the text is read
   * @return the value, which keeps its spelling
   * @throws IllegalArgumentException when the text has no {@code ${name}} and is not a value of the
   *     type
   */
  static <T> Value<T> parse(String text, ValueType<T> type) {
    if (Placeholders.in(text)) {
      return template(text, type);
    }
    T value = type.parse(text);
    return new Literal<>(value, type.format(value).equals(text) ? "" : text);
  }

  /**
   * Returns the text of a value as JSON carries it.
   *
   * @param <T> type of the property
   * @param value literal or template
   * @param type how the text is read
   * @return the spelling it was read from, else the canonical text; for a secret, the secret itself
   */
  static <T> String text(Value<T> value, ValueType<T> type) {
    if (value instanceof Literal<T> literal) {
      return literal.spelling.isEmpty() ? type.format(literal.value) : literal.spelling;
    }
    return ((Template<T>) value).text;
  }

  /**
   * Returns the value if it is known before the graph runs.
   *
   * @return the value, or empty for a template
   */
  default Optional<T> literal() {
    return this instanceof Literal<T> literal ? Optional.of(literal.value) : Optional.empty();
  }

  /**
   * A known value. Two literals are equal when their values are, however they were spelled.
   *
   * @param <T> type of the property
   * @param value the value
   * @param spelling the text it was read from, such as {@code medium} or {@code PT0M30S}; empty for
   *     the canonical one
   */
  record Literal<T>(T value, String spelling) implements Value<T> {
    /**
     * Creates a literal in its canonical spelling.
     *
     * @param value the value
     */
    public Literal(T value) {
      this(value, "");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Literal<?> literal && value.equals(literal.value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(value);
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /**
   * A text to be resolved.
   *
   * @param <T> type of the property
   * @param text with {@code ${name}} in it
   * @param type how the resolved text is read
   */
  record Template<T>(String text, ValueType<T> type) implements Value<T> {
    /** Returns the text: only the placeholders of a secret, and all but the user part of a URL. */
    @Override
    public String toString() {
      return type.secret() ? Placeholders.only(text) : EndpointUrl.withoutUserInfo(text);
    }
  }
}
