package io.lva.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the properties of an object are set to. Two settings are equal when the same properties are
 * set to equal values.
 *
 * <p>Immutable.
 */
public final class Settings {
  private static final Settings EMPTY = new Settings(Map.of());

  private final Map<Property<?>, Object> values;

  private Settings(Map<Property<?>, Object> values) {
    this.values = values;
  }

  /**
   * Returns empty settings.
   *
   * @return settings in which nothing is set
   */
  public static Settings empty() {
    return EMPTY;
  }

  /**
   * Returns a copy in which one more property is set.
   *
   * @param <S> type of the setting
   * @param property the property
   * @param setting what it is set to, in place of any earlier setting
   * @return the copy
   */
  public <S> Settings with(Property<S> property, S setting) {
    Map<Property<?>, Object> copy = new LinkedHashMap<>(values);
    copy.put(property, setting);
    return new Settings(copy);
  }

  /**
   * Returns a setting.
   *
   * @param <S> type of the setting
   * @param property the property
   * @return the setting, or empty when it is not set
   */
  @SuppressWarnings("unchecked") // with() puts nothing else under this key
  public <S> Optional<S> get(Property<S> property) {
    return Optional.ofNullable((S) values.get(property));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Returns the settings, without secrets. */
  @Override
  public String toString() {
    return values.toString();
  }
}
