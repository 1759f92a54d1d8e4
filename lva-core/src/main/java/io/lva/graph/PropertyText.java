package io.lva.graph;

/** The text of values, as JSON carries it. */
final class PropertyText {
  private PropertyText() {}

  static String of(Value<String> value) {
    return of(value, ValueTypes.TEXT);
  }

  static <T> String of(Value<T> value, ValueType<T> type) {
    if (value instanceof Value.Literal<T> literal) {
      return literal.spelling().isEmpty() ? type.format(literal.value()) : literal.spelling();
    }
    return ((Value.Template<T>) value).text();
  }
}
