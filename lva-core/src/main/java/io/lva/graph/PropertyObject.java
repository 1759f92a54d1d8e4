package io.lva.graph;

import java.util.Optional;

/**
 * A node or a part of one, made of properties of the contract. Two objects are equal when they have
 * the same type and equal settings.
 *
 * <p>Immutable.
 */
public abstract class PropertyObject {
  private final ObjectType<?> objectType;
  private final Settings settings;

  /**
   * Creates an object.
   *
   * @param objectType its {@code @type} and properties
   * @param settings what is set
   */
  protected PropertyObject(ObjectType<?> objectType, Settings settings) {
    this.objectType = objectType;
    this.settings = settings;
  }

  /**
   * Returns the kind of object.
   *
   * @return its {@code @type} and properties
   */
  public final ObjectType<?> objectType() {
    return objectType;
  }

  /**
   * Returns everything that is set.
   *
   * @return the settings
   */
  public final Settings settings() {
    return settings;
  }

  /**
   * Returns a required setting.
   *
   * @param <S> type of the setting
   * @param property a required property of this object
   * @return the setting
   * @throws IllegalStateException when it is missing, as it can be in an object to which no rules
   *     were applied
   */
  protected final <S> S require(Property<S> property) {
    return settings
        .get(property)
        .orElseThrow(() -> new IllegalStateException(objectType + " has no " + property));
  }

  /**
   * Returns an optional setting.
   *
   * @param <S> type of the setting
   * @param property a property of this object
   * @return the setting, or empty when it is not set
   */
  protected final <S> Optional<S> find(Property<S> property) {
    return settings.get(property);
  }

  /**
   * Returns a value that has a default.
   *
   * @param <T> type of the value
   * @param property a property of this object
   * @param absent the default, for a property that is not set
   * @return the setting or the default
   */
  protected final <T> Value<T> valueOr(Property<Value<T>> property, T absent) {
    return settings.get(property).orElseGet(() -> Value.of(absent));
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof PropertyObject object
        && objectType == object.objectType
        && settings.equals(object.settings);
  }

  @Override
  public final int hashCode() {
    return settings.hashCode();
  }

  /** Returns the class and the settings, without secrets. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + settings;
  }
}
