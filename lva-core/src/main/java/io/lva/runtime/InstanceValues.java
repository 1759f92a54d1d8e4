package io.lva.runtime;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lva.graph.Parameter;
import io.lva.graph.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that an instance gives to the parameters of its topology, in the order in which they
 * were given. They may be secrets and are never printed.
 *
 * <p>Immutable.
 */
public final class InstanceValues {
  private static final InstanceValues NONE = new InstanceValues(Map.of());

  private final Map<String, String> texts;

  private InstanceValues(Map<String, String> texts) {
    this.texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /**
   * Returns no values: every parameter has its default.
   *
   * @return the empty values
   */
  public static InstanceValues none() {
    return NONE;
  }

  /**
   * Begins to collect values.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the values as texts, which may be secrets.
   *
   * @return text by the name of the parameter, unmodifiable
   */
  public Map<String, String> texts() {
    return texts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstanceValues values && texts.equals(values.texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  /** Returns the names only. */
  @Override
  public String toString() {
    return texts.keySet().toString();
  }

  /** Collects values. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> texts = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets the value of a parameter.
     *
     * @param <T> type of its value
     * @param parameter which
     * @param value of the parameter
     * @return this builder
     */
    @CanIgnoreReturnValue
    public <T> Builder set(Parameter<T> parameter, T value) {
      String text = value instanceof Secret secret ? secret.reveal() : String.valueOf(value);
      return set(parameter.name(), text);
    }

    /**
     * Sets the value of a parameter by its name.
     *
     * @param name of the parameter
     * @param text read as the parameter's type says
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder set(String name, String text) {
      texts.put(name, text);
      return this;
    }

    /**
     * Returns what was set.
     *
     * @return the values
     */
    public InstanceValues build() {
      return new InstanceValues(texts);
    }
  }
}
