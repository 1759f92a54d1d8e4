package io.lva.graph;

import java.util.List;
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
  private final List<String> formerNames;
  private final List<Property<?>> properties;
  private final Function<Settings, C> factory;

  private ObjectType(
      String name,
      List<String> formerNames,
      List<Property<?>> properties,
      Function<Settings, C> factory) {
    this.name = name;
    this.formerNames = formerNames;
    this.properties = properties;
    this.factory = factory;
  }

  static <C extends PropertyObject> ObjectType<C> named(
      String shortName, Function<Settings, C> factory, Property<?>... properties) {
    return new ObjectType<>(PREFIX + shortName, List.of(), List.of(properties), factory);
  }

  static <C extends PropertyObject> ObjectType<C> unnamed(
      Function<Settings, C> factory, Property<?>... properties) {
    return new ObjectType<>("", List.of(), List.of(properties), factory);
  }

  ObjectType<C> formerly(String shortName) {
    return new ObjectType<>(name, List.of(PREFIX + shortName), properties, factory);
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
    return name.equalsIgnoreCase(text) || formerNames.stream().anyMatch(text::equalsIgnoreCase);
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
   * Makes an object.
   *
   * @param settings what is set; required properties may be missing, which is for {@link
   *     TopologyRules} to find
   * @return the object
   */
  public C create(Settings settings) {
    return factory.apply(settings);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "object" : name;
  }
}
