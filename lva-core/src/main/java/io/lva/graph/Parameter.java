package io.lva.graph;

import java.util.Objects;
import java.util.Optional;

/**
 * A variable of a topology, to which each instance gives a value. Its name must not begin with
 * {@code System.} or contain {@code $} or a brace, as {@link TopologyRules} check.
 *
 * <p>Immutable.
 *
 * @param <T> type of its value
 */
public final class Parameter<T> {
  private final String name;
  private final ParameterType type;
  private final Optional<String> description;
  private final Optional<String> defaultText;

  private Parameter(
      String name, ParameterType type, Optional<String> description, Optional<String> defaultText) {
    this.name = Objects.requireNonNull(name);
    this.type = type;
    this.description = description;
    this.defaultText = defaultText;
  }

  private static <T> Parameter<T> of(String name, ParameterType type) {
    return new Parameter<>(name, type, Optional.empty(), Optional.empty());
  }

  /**
   * Declares a text.
   *
   * @param name up to 64 characters
   * @return the parameter
   */
  public static Parameter<String> string(String name) {
    return of(name, ParameterType.STRING);
  }

  /**
   * Declares a secret, which can be used only for passwords and the like.
   *
   * @param name up to 64 characters
   * @return the parameter
   */
  public static Parameter<Secret> secret(String name) {
    return of(name, ParameterType.SECRET_STRING);
  }

  /**
   * Declares a whole number.
   *
   * @param name up to 64 characters
   * @return the parameter
   */
  public static Parameter<Integer> integer(String name) {
    return of(name, ParameterType.INT);
  }

  /**
   * Declares a number.
   *
   * @param name up to 64 characters
   * @return the parameter
   */
  public static Parameter<Double> decimal(String name) {
    return of(name, ParameterType.DOUBLE);
  }

  /**
   * Declares a truth value.
   *
   * @param name up to 64 characters
   * @return the parameter
   */
  public static Parameter<Boolean> bool(String name) {
    return of(name, ParameterType.BOOL);
  }

  /**
   * Declares a parameter of any type, as a topology in JSON does.
   *
   * @param name up to 64 characters
   * @param type of its values
   * @param description for people
   * @param defaultText the value when the instance gives none; empty when the instance must give
   *     one
   * @return the parameter
   */
  public static Parameter<?> declared(
      String name, ParameterType type, Optional<String> description, Optional<String> defaultText) {
    return new Parameter<Object>(name, type, description, defaultText);
  }

  /**
   * Returns a copy with a default. Without a default, each instance must give a value.
   *
   * @param value the default
   * @return the copy
   */
  public Parameter<T> defaultsTo(T value) {
    String text = value instanceof Secret secret ? secret.reveal() : value.toString();
    return new Parameter<>(name, type, description, Optional.of(text));
  }

  /**
   * Returns a copy with a description.
   *
   * @param text for people
   * @return the copy
   */
  public Parameter<T> description(String text) {
    return new Parameter<>(name, type, Optional.of(text), defaultText);
  }

  /**
   * Returns a value that is filled by this parameter.
   *
   * @param <V> type of the property
   * @param valueType how the parameter's text is read
   * @return a template of this parameter alone
   */
  public <V> Value<V> as(ValueType<V> valueType) {
    return Value.template(placeholder(), valueType);
  }

  /**
   * Returns what stands for the value inside texts.
   *
   * @return {@code ${name}}
   */
  public String placeholder() {
    return "${" + name + "}";
  }

  /**
   * Returns the name.
   *
   * @return the name, as in {@code ${name}}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the type of the values.
   *
   * @return their type
   */
  public ParameterType type() {
    return type;
  }

  /**
   * Returns the description.
   *
   * @return the description, or empty when there is none
   */
  public Optional<String> description() {
    return description;
  }

  /**
   * Returns the default as text, which may be a secret.
   *
   * @return the default, or empty when each instance must give a value
   */
  public Optional<String> defaultText() {
    return defaultText;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameter<?> parameter
        && name.equals(parameter.name)
        && type == parameter.type
        && description.equals(parameter.description)
        && defaultText.equals(parameter.defaultText);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, description, defaultText);
  }

  /**
   * Returns the name and the type, and asterisks for a default, which may be a secret whatever the
   * type.
   */
  @Override
  public String toString() {
    return name + ":" + type.text() + (defaultText.isPresent() ? "=****" : "");
  }
}
