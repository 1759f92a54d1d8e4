package io.lva.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object of the contract: its {@code @type} and its properties in the order in which they
 * are written.
 *
 * <p>Immutable; compared by identity.
 *
 * @param <C> class of the object
 */
public final class ObjectType<C extends PropertyObject> {
  /** The prefix of the names of Live Video Analytics. */
  static final String PREFIX = "#Microsoft.Media.MediaGraph";

  private final String name;
  private final List<Property<?>> properties;
  private final BiFunction<ObjectType<C>, Settings, C> factory;
  private final Traits<C> traits;

  private record Traits<C>(
      String formerName,
      Versions knownIn,
      @Nullable NodeTraits node,
      @Nullable ObjectRule<C> rule) {
    Traits() {
      this("", Versions.ALL, null, null);
    }
  }

  private ObjectType(
      String name,
      List<Property<?>> properties,
      BiFunction<ObjectType<C>, Settings, C> factory,
      Traits<C> traits) {
    this.name = name;
    this.properties = properties;
    this.factory = factory;
    this.traits = traits;
  }

  /**
   * Creates a custom type. A node type also needs {@linkplain #node traits}.
   *
   * @param <C> class of the object
   * @param name the value of {@code @type}, such as {@code #Example.Mosaic}; not a name that Live
   *     Video Analytics uses
   * @param factory makes the object; required settings may be missing
   * @param properties in the order in which they are written
   * @return the type
   * @throws IllegalArgumentException when the name is blank, or begins like those of Live Video
   *     Analytics
   */
  public static <C extends PropertyObject> ObjectType<C> of(
      String name, Function<Settings, C> factory, Property<?>... properties) {
    if (name.isBlank() || name.startsWith(PREFIX)) {
      throw new IllegalArgumentException("'" + name + "' cannot name an object type");
    }
    return new ObjectType<>(
        name, List.of(properties), (type, settings) -> factory.apply(settings), new Traits<>());
  }

  static <C extends PropertyObject> ObjectType<C> named(
      String shortName, Function<Settings, C> factory, Property<?>... properties) {
    return ofFamily(shortName, (type, settings) -> factory.apply(settings), properties);
  }

  static <C extends PropertyObject> ObjectType<C> ofFamily(
      String shortName, BiFunction<ObjectType<C>, Settings, C> factory, Property<?>... properties) {
    return new ObjectType<>(PREFIX + shortName, List.of(properties), factory, new Traits<>());
  }

  static <C extends PropertyObject> ObjectType<C> unnamed(
      Function<Settings, C> factory, Property<?>... properties) {
    return new ObjectType<>(
        "", List.of(properties), (type, settings) -> factory.apply(settings), new Traits<>());
  }

  ObjectType<C> formerly(String shortName) {
    return with(new Traits<>(PREFIX + shortName, traits.knownIn, traits.node, traits.rule));
  }

  ObjectType<C> since2() {
    return with(new Traits<>(traits.formerName, Versions.SINCE_2_0, traits.node, traits.rule));
  }

  ObjectType<C> only1() {
    return with(new Traits<>(traits.formerName, Versions.ONLY_1_0, traits.node, traits.rule));
  }

  /**
   * Returns a copy that is the type of a node.
   *
   * @param node how the node fits into a graph
   * @return the copy, which is a distinct type
   */
  public ObjectType<C> node(NodeTraits node) {
    return with(new Traits<>(traits.formerName, traits.knownIn, node, traits.rule));
  }

  /**
   * Returns a copy with a rule for the properties of an object.
   *
   * @param rule the rule, in place of any earlier one
   * @return the copy, which is a distinct type
   */
  public ObjectType<C> rule(ObjectRule<C> rule) {
    return with(new Traits<>(traits.formerName, traits.knownIn, traits.node, rule));
  }

  private ObjectType<C> with(Traits<C> other) {
    return new ObjectType<>(name, properties, factory, other);
  }

  /**
   * Returns how a node of this type fits into a graph.
   *
   * @return the traits, or empty for a type that is not a node's
   */
  public Optional<NodeTraits> node() {
    return Optional.ofNullable(traits.node);
  }

  /** Returns whether this is a type of Live Video Analytics. */
  boolean ofContract() {
    return name.startsWith(PREFIX);
  }

  /** Applies the rule of this type to an object of this type. */
  @SuppressWarnings("unchecked") // the factory of this type made the object
  void check(PropertyObject object, ObjectRule.Report report) {
    if (traits.rule != null) {
      traits.rule.check((C) object, report);
    }
  }

  /**
   * Returns the value of {@code @type}.
   *
   * @return the value, such as {@code #Microsoft.Media.MediaGraphRtspSource}; empty for a type of
   *     object without {@code @type}
   */
  public String name() {
    return name;
  }

  /**
   * Returns whether a text names this type.
   *
   * @param text the value of {@code @type}, in any letter case; may be a former name
   * @return true when it does
   */
  public boolean named(String text) {
    return !text.isEmpty()
        && (name.equalsIgnoreCase(text) || traits.formerName.equalsIgnoreCase(text));
  }

  /**
   * Returns the properties.
   *
   * @return the properties, in the order in which they are written
   */
  public List<Property<?>> properties() {
    return properties;
  }

  /**
   * Returns whether a version of the contract has the type.
   *
   * @param version the version of the topology
   * @return true when it does
   */
  public boolean known(ApiVersion version) {
    return traits.knownIn.include(version);
  }

  /**
   * Creates an object.
   *
   * @param settings what is set; required properties may be missing, which {@link TopologyRules}
   *     reports
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
