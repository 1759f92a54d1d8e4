package io.lva.graph;

/** What a parameter holds; it is always given as text. */
public enum ParameterType {
  /** Any text. */
  STRING("String"),
  /** A text that is never printed, and can be used only for secrets. */
  SECRET_STRING("SecretString"),
  /** A whole number of 32 bits. */
  INT("Int"),
  /** A 64-bit floating-point number. */
  DOUBLE("Double"),
  /** {@code true} or {@code false}. */
  BOOL("Bool");

  private final String text;

  ParameterType(String text) {
    this.text = text;
  }

  /**
   * Returns how values of parameters of this type are read.
   *
   * @return their value type
   */
  public ValueType<?> valueType() {
    return switch (this) {
      case STRING -> ValueTypes.TEXT;
      case SECRET_STRING -> ValueTypes.SECRET;
      case INT -> ValueTypes.INTEGER;
      case DOUBLE -> ValueTypes.DECIMAL;
      case BOOL -> ValueTypes.BOOLEAN;
    };
  }

  /**
   * Returns the name of this type in the contract.
   *
   * @return the name, such as {@code SecretString}
   */
  public String text() {
    return text;
  }
}
