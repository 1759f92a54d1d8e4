package io.lva.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A property of the contract: its name, how it is written and what it holds.
 *
 * <p>Immutable; compared by identity.
 *
 * @param <S> type of the setting
 */
public abstract sealed class Property<S> {
  private final Traits traits;

  private Property(Traits traits) {
    this.traits = traits;
  }

  /** Who has to give the property. */
  private enum Need {
    NOBODY,
    EVERYBODY,
    EVERYBODY_SINCE_2_0,
    CLIENTS
  }

  private record Traits(
      String name,
      Need need,
      Versions knownIn,
      String formerName,
      String echoedDefault,
      boolean jsonBoolean) {
    static Traits of(String name, Need need) {
      return new Traits(name, need, Versions.ALL, "", "", false);
    }

    Traits needed(Need other) {
      return new Traits(name, other, knownIn, formerName, echoedDefault, jsonBoolean);
    }

    Traits known(Versions other) {
      return new Traits(name, need, other, formerName, echoedDefault, jsonBoolean);
    }

    Traits former(String other) {
      return new Traits(name, need, knownIn, other, echoedDefault, jsonBoolean);
    }

    Traits echoed(String other) {
      return new Traits(name, need, knownIn, formerName, other, jsonBoolean);
    }

    Traits bool() {
      return new Traits(name, need, knownIn, formerName, echoedDefault, true);
    }
  }

  /**
   * Creates a property that may be left out.
   *
   * @param <T> type of its value
   * @param name in camel case, unique in its object
   * @param type how its text is read
   * @return the property
   */
  public static <T> Scalar<T> optional(String name, ValueType<T> type) {
    return new Scalar<>(Traits.of(name, Need.NOBODY), type, null);
  }

  /**
   * Creates a property that must be there.
   *
   * @param <T> type of its value
   * @param name in camel case, unique in its object
   * @param type how its text is read
   * @return the property
   */
  public static <T> Scalar<T> required(String name, ValueType<T> type) {
    return new Scalar<>(Traits.of(name, Need.EVERYBODY), type, null);
  }

  /**
   * Creates a property that holds an object and may be left out.
   *
   * @param <C> class of the object
   * @param name in camel case, unique in its object
   * @param types one type, whose {@code @type} may be absent, or several types that {@code @type}
   *     tells apart
   * @return the property
   */
  public static <C extends PropertyObject> Child<C> optional(
      String name, List<ObjectType<? extends C>> types) {
    return new Child<>(Traits.of(name, Need.NOBODY), types);
  }

  /**
   * Creates a property that holds an object and must be there.
   *
   * @param <C> class of the object
   * @param name in camel case, unique in its object
   * @param types one type, whose {@code @type} may be absent, or several types that {@code @type}
   *     tells apart
   * @return the property
   */
  public static <C extends PropertyObject> Child<C> required(
      String name, List<ObjectType<? extends C>> types) {
    return new Child<>(Traits.of(name, Need.EVERYBODY), types);
  }

  static Texts texts(String name) {
    return new Texts(Traits.of(name, Need.EVERYBODY));
  }

  /**
   * Returns the name.
   *
   * @return the name, in the contract's casing
   */
  public String name() {
    return traits.name;
  }

  /**
   * Returns the name that early builds used, which is still read but never written.
   *
   * @return the name; empty for most properties
   */
  public Optional<String> formerName() {
    return text(traits.formerName);
  }

  /**
   * Returns whether the contract requires the property.
   *
   * @param version the version of the topology
   * @return true when it must be there
   */
  public boolean required(ApiVersion version) {
    return known(version)
        && switch (traits.need) {
          case NOBODY -> false;
          case EVERYBODY, CLIENTS -> true;
          case EVERYBODY_SINCE_2_0 -> version == ApiVersion.V2_0;
        };
  }

  /**
   * Returns whether only clients must give the property: Java programs may leave it to the runtime.
   *
   * @return true for the cache of an asset sink
   */
  public boolean requiredOfClientsOnly() {
    return traits.need == Need.CLIENTS;
  }

  /**
   * Returns whether a version of the contract has the property.
   *
   * @param version the version of the topology
   * @return true when it does
   */
  public boolean known(ApiVersion version) {
    return traits.knownIn.include(version);
  }

  @Override
  public String toString() {
    return name();
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /**
   * A property with one value.
   *
   * @param <T> type of the value
   */
  public static final class Scalar<T> extends Property<Value<T>> {
    private final ValueType<T> type;

    private final @Nullable Limit<T> limit;

    private Scalar(Traits traits, ValueType<T> type, @Nullable Limit<T> limit) {
      super(traits);
      this.type = type;
      this.limit = limit;
    }

    /**
     * Limits the values.
     *
     * @param holds returns true for a value that is allowed
     * @param rule continues "must" in the message for a value that is not allowed, such as {@code
     *     be at least 1}
     * @return a copy with this limit in place of any earlier one
     */
    public Scalar<T> limited(Predicate<T> holds, String rule) {
      return limited(new Limit<>(ProblemCode.PROPERTY_VALUE_OUT_OF_RANGE, holds, rule));
    }

    /**
     * Limits the form of a text.
     *
     * @param holds returns true for a text that is allowed
     * @param rule continues "must" in the message for a text that is not allowed, such as {@code
     *     not be empty}
     * @return a copy with this limit in place of any earlier one
     */
    public Scalar<T> matching(Predicate<T> holds, String rule) {
      return limited(new Limit<>(ProblemCode.PROPERTY_VALUE_INVALID_PATTERN, holds, rule));
    }

    private Scalar<T> limited(Limit<T> other) {
      return new Scalar<>(traits(), type, other);
    }

    Optional<Limit<T>> limit() {
      return Optional.ofNullable(limit);
    }

    Scalar<T> requiredSince2() {
      return new Scalar<>(traits().needed(Need.EVERYBODY_SINCE_2_0), type, limit);
    }

    Scalar<T> requiredOfClients() {
      return new Scalar<>(traits().needed(Need.CLIENTS), type, limit);
    }

    Scalar<T> since2() {
      return new Scalar<>(traits().known(Versions.SINCE_2_0), type, limit);
    }

    Scalar<T> only1() {
      return new Scalar<>(traits().known(Versions.ONLY_1_0), type, limit);
    }

    Scalar<T> formerly(String name) {
      return new Scalar<>(traits().former(name), type, limit);
    }

    Scalar<T> echoedAs(String text) {
      return new Scalar<>(traits().echoed(text), type, limit);
    }

    Scalar<T> asJsonBoolean() {
      return new Scalar<>(traits().bool(), type, limit);
    }

    private Traits traits() {
      return ((Property<Value<T>>) this).traits;
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
     * Returns the value that an answer shows when the request omitted the property.
     *
     * @return the text, or empty when the answer omits the property too
     */
    public Optional<String> echoedDefault() {
      return text(traits().echoedDefault);
    }

    /**
     * Returns whether the value is written as a JSON boolean; all other values, numbers included,
     * are written as JSON strings.
     *
     * @return true for a JSON boolean
     */
    public boolean jsonBoolean() {
      return traits().jsonBoolean;
    }
  }

  /**
   * A property that holds an object.
   *
   * @param <C> type of the object
   */
  public static final class Child<C extends PropertyObject> extends Property<C> {
    private final List<ObjectType<? extends C>> types;

    private Child(Traits traits, List<ObjectType<? extends C>> types) {
      super(traits);
      this.types = List.copyOf(types);
    }

    Child<C> requiredSince2() {
      return new Child<>(((Property<C>) this).traits.needed(Need.EVERYBODY_SINCE_2_0), types);
    }

    Child<C> since2() {
      return new Child<>(((Property<C>) this).traits.known(Versions.SINCE_2_0), types);
    }

    /**
     * Returns the types of object it can hold.
     *
     * @return one type, whose {@code @type} may be absent, or several types that {@code @type}
     *     tells apart
     */
    public List<ObjectType<? extends C>> types() {
      return types;
    }
  }

  /** A property that holds a list of texts. */
  public static final class Texts extends Property<List<Value<String>>> {
    private Texts(Traits traits) {
      super(traits);
    }
  }
}
