package io.lva.graph;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of object of the contract: its {@code @type} and its properties in the order in which they
 * are written.
 *
 * <p>Immutable; compared by identity.
 *
 * @param <C> class of the object
 */
public final class ObjectType<C extends PropertyObject> {
  /** What stands in front of the names of LVA. */
  static final String PREFIX = "#Microsoft.Media.MediaGraph";

  private final String name;
  private final String formerName;
  private final List<Property<?>> properties;
  private final BiFunction<ObjectType<C>, Settings, C> factory;
  private final Versions knownIn;

  private ObjectType(
      String name,
      String formerName,
      List<Property<?>> properties,
      BiFunction<ObjectType<C>, Settings, C> factory,
      Versions knownIn) {
    this.name = name;
    this.formerName = formerName;
    this.properties = properties;
    this.factory = factory;
    this.knownIn = knownIn;
  }

  static <C extends PropertyObject> ObjectType<C> named(
      String shortName, Function<Settings, C> factory, Property<?>... properties) {
    return ofFamily(shortName, (type, settings) -> factory.apply(settings), properties);
  }

  static <C extends PropertyObject> ObjectType<C> ofFamily(
      String shortName, BiFunction<ObjectType<C>, Settings, C> factory, Property<?>... properties) {
    return new ObjectType<>(PREFIX + shortName, "", List.of(properties), factory, Versions.ALL);
  }

  static <C extends PropertyObject> ObjectType<C> unnamed(
      Function<Settings, C> factory, Property<?>... properties) {
    return new ObjectType<>(
        "", "", List.of(properties), (type, settings) -> factory.apply(settings), Versions.ALL);
  }

  ObjectType<C> formerly(String shortName) {
    return new ObjectType<>(name, PREFIX + shortName, properties, factory, knownIn);
  }

  ObjectType<C> since2() {
    return new ObjectType<>(name, formerName, properties, factory, Versions.SINCE_2_0);
  }

  ObjectType<C> only1() {
    return new ObjectType<>(name, formerName, properties, factory, Versions.ONLY_1_0);
  }

  /**
   * Returns the value of {@code @type}.
   *
   * @return such as {@code #Microsoft.Media.MediaGraphRtspSource}; empty for an object without
   */
  public String name() {
    return name;
  }

  /**
   * Tells whether a {@code @type} means this type.
   *
   * @param text a name, former names included, in any case
   * @return true when it does
   */
  public boolean named(String text) {
    return !text.isEmpty() && (name.equalsIgnoreCase(text) || formerName.equalsIgnoreCase(text));
  }

  /**
   * Returns the properties.
   *
   * @return in the order in which they are written
   */
  public List<Property<?>> properties() {
    return properties;
  }

  /**
   * Tells whether a version of the contract has the type.
   *
   * @param version the version of the topology
   * @return true when it has
   */
  public boolean known(ApiVersion version) {
    return knownIn.include(version);
  }

  /**
   * Makes an object.
   *
   * @param settings what is set; required properties may be missing, which is for {@link
   *     TopologyRules} to find
   * @return the object
   */
  public C create(Settings settings) {
    return factory.apply(this, settings);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "object" : name;
  }
}
