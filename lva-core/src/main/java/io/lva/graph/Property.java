package io.lva.graph;

import java.util.List;
import java.util.Optional;

/**
 * A property of the contract: its name, how it is written and what it holds.
 *
 * <p>Immutable; compared by identity.
 *
 * @param <S> type of the setting
 */
public abstract sealed class Property<S> {
  private final String name;
  private final Presence presence;
  private final List<String> formerNames;

  private Property(String name, Presence presence, List<String> formerNames) {
    this.name = name;
    this.presence = presence;
    this.formerNames = List.copyOf(formerNames);
  }

  /** Whether the contract asks for a property. */
  public enum Presence {
    /** May be left out. */
    OPTIONAL,
    /** Must be there in every version. */
    REQUIRED,
    /** Must be there since version 2.0. */
    REQUIRED_SINCE_2_0
  }

  static <T> Scalar<T> optional(String name, ValueType<T> type) {
    return new Scalar<>(name, Presence.OPTIONAL, List.of(), type, "", false);
  }

  static <T> Scalar<T> required(String name, ValueType<T> type) {
    return new Scalar<>(name, Presence.REQUIRED, List.of(), type, "", false);
  }

  static <C extends PropertyObject> Child<C> optional(
      String name, List<ObjectType<? extends C>> types) {
    return new Child<>(name, Presence.OPTIONAL, types);
  }

  static <C extends PropertyObject> Child<C> required(
      String name, List<ObjectType<? extends C>> types) {
    return new Child<>(name, Presence.REQUIRED, types);
  }

  /**
   * Returns the name.
   *
   * @return in the contract's casing
   */
  public String name() {
    return name;
  }

  /**
   * Tells whether the contract asks for the property.
   *
   * @param version the version of the topology
   * @return true when it must be there
   */
  public boolean required(ApiVersion version) {
    return presence == Presence.REQUIRED
        || (presence == Presence.REQUIRED_SINCE_2_0 && version == ApiVersion.V2_0);
  }

  /**
   * Returns names of early builds, read and never written.
   *
   * @return often none
   */
  public List<String> formerNames() {
    return formerNames;
  }

  Presence presence() {
    return presence;
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * A property with one value.
   *
   * @param <T> type of the value
   */
  public static final class Scalar<T> extends Property<Value<T>> {
    private final ValueType<T> type;
    private final String echoedDefault;
    private final boolean jsonBoolean;

    private Scalar(
        String name,
        Presence presence,
        List<String> formerNames,
        ValueType<T> type,
        String echoedDefault,
        boolean jsonBoolean) {
      super(name, presence, formerNames);
      this.type = type;
      this.echoedDefault = echoedDefault;
      this.jsonBoolean = jsonBoolean;
    }

    Scalar<T> requiredSince2() {
      return new Scalar<>(
          name(), Presence.REQUIRED_SINCE_2_0, formerNames(), type, echoedDefault, jsonBoolean);
    }

    Scalar<T> formerly(String formerName) {
      return new Scalar<>(
          name(), presence(), List.of(formerName), type, echoedDefault, jsonBoolean);
    }

    Scalar<T> echoedAs(String text) {
      return new Scalar<>(name(), presence(), formerNames(), type, text, jsonBoolean);
    }

    Scalar<T> asJsonBoolean() {
      return new Scalar<>(name(), presence(), formerNames(), type, echoedDefault, true);
    }

    /**
     * Returns how its text is read.
     *
     * @return the type of the value
     */
    public ValueType<T> type() {
      return type;
    }

    /**
     * Returns what an answer says when the request left the property out.
     *
     * @return empty for nothing
     */
    public Optional<String> echoedDefault() {
      return echoedDefault.isEmpty() ? Optional.empty() : Optional.of(echoedDefault);
    }

    /**
     * Tells whether it is a JSON boolean; all other values are JSON strings, numbers too.
     *
     * @return true for a JSON boolean
     */
    public boolean jsonBoolean() {
      return jsonBoolean;
    }
  }

  /**
   * A property that holds an object.
   *
   * @param <C> type of the object
   */
  public static final class Child<C extends PropertyObject> extends Property<C> {
    private final List<ObjectType<? extends C>> types;

    private Child(String name, Presence presence, List<ObjectType<? extends C>> types) {
      super(name, presence, List.of());
      this.types = List.copyOf(types);
    }

    Child<C> requiredSince2() {
      return new Child<>(name(), Presence.REQUIRED_SINCE_2_0, types);
    }

    /**
     * Returns the types of object it can hold.
     *
     * @return one without a name, or several that {@code @type} tells apart
     */
    public List<ObjectType<? extends C>> types() {
      return types;
    }
  }

  /** A property that holds a list of texts. */
  public static final class Texts extends Property<List<Value<String>>> {
    Texts(String name) {
      super(name, Presence.REQUIRED, List.of());
    }
  }
}
