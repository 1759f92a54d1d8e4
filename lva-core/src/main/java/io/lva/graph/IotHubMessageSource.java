package io.lva.graph;

import java.util.Optional;

/**
 * Messages that arrive at an input of the module. Each opens the gates that follow this source,
 * unless its property {@code eventTarget} names another instance.
 *
 * <p>Immutable.
 */
public final class IotHubMessageSource extends PropertyObject
    implements NodeSpec.Source<EventOutput> {
  static final Property.Scalar<String> HUB_INPUT_NAME =
      Property.optional("hubInputName", ValueTypes.TEXT)
          .matching(name -> !name.isBlank(), "not be empty");
  static final ObjectType<IotHubMessageSource> TYPE =
      ObjectType.named("IoTHubMessageSource", IotHubMessageSource::new, HUB_INPUT_NAME)
          .node(NodeTraits.source().giving(StreamKind.EVENTS));

  private IotHubMessageSource(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates a source.
   *
   * @param hubInputName the input of the module, not blank; may hold {@code ${name}}
   * @return the source
   */
  public static IotHubMessageSource input(String hubInputName) {
    return new IotHubMessageSource(
        Settings.empty().with(HUB_INPUT_NAME, Value.parse(hubInputName, ValueTypes.TEXT)));
  }

  /**
   * Creates a source.
   *
   * @param hubInputName the parameter whose value is the input of the module
   * @return the source
   */
  public static IotHubMessageSource input(Parameter<String> hubInputName) {
    return input(hubInputName.placeholder());
  }

  /**
   * Returns the input of the module.
   *
   * @return its name; empty when the topology leaves it out, which means the input whose name is
   *     the empty text
   */
  public Optional<Value<String>> hubInputName() {
    return find(HUB_INPUT_NAME);
  }

  @Override
  public String type() {
    return TYPE.name();
  }

  @Override
  public EventOutput outputs(Origin self) {
    return new EventOutput(self);
  }
}
