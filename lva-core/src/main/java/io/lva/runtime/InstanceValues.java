package io.lva.runtime;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lva.graph.Parameter;
import io.lva.graph.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects the values that an instance gives to the parameters of its topology. They may be secrets
 * and are never printed.
 *
 * <p>Not thread-safe.
 */
public final class InstanceValues {
  private final Map<String, String> texts = new LinkedHashMap<>();

  InstanceValues() {}

  /**
   * Sets the value of a parameter.
   *
   * @param <T> type of its value
   * @param parameter the parameter
   * @param value of the parameter
   * @return this
   */
  @CanIgnoreReturnValue
  public <T> InstanceValues set(Parameter<T> parameter, T value) {
    String text = value instanceof Secret secret ? secret.reveal() : String.valueOf(value);
    return set(parameter.name(), text);
  }

  /**
   * Sets the value of a parameter by its name.
   *
   * @param name of the parameter
   * @param text its value as text, which is parsed as the type of the parameter requires
   * @return this
   */
  @CanIgnoreReturnValue
  public InstanceValues set(String name, String text) {
    texts.put(name, text);
    return this;
  }

  Map<String, String> texts() {
    return texts;
  }

  /** Returns the names only. */
  @Override
  public String toString() {
    return texts.keySet().toString();
  }
}
