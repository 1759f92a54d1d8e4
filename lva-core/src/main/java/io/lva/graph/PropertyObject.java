package io.lva.graph;

import java.util.Optional;

/**
 * A node or a part of one, made of properties of the contract. Equal when of one class with equal
 * settings.
 *
 * <p>Immutable.
 */
public abstract class PropertyObject {
  private final ObjectType<?> objectType;
  private final Settings settings;

  PropertyObject(ObjectType<?> objectType, Settings settings) {
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
   * Returns a setting that must be there.
   *
   * @throws IllegalStateException when it is not, in an object that no rules were applied to
   */
  final <S> S require(Property<S> property) {
    return settings
        .get(property)
        .orElseThrow(() -> new IllegalStateException(objectType + " has no " + property));
  }

  final <S> Optional<S> find(Property<S> property) {
    return settings.get(property);
  }

  final <T> Value<T> valueOr(Property<Value<T>> property, T absent) {
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

  /** Returns class and settings without secrets. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + settings;
  }
}
