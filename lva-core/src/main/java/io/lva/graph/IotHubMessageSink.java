package io.lva.graph;

import java.util.Optional;

/**
 * Sends events to an output of the module.
 *
 * <p>Immutable.
 */
public final class IotHubMessageSink extends PropertyObject implements NodeSpec.Sink<EventOutput> {
  private static final int MAXIMUM_NAME_LENGTH = 50;

  static final Property.Scalar<String> HUB_OUTPUT_NAME =
      Property.optional("hubOutputName", ValueTypes.TEXT)
          .requiredSince2()
          .matching(
              name -> !name.isBlank() && name.length() <= MAXIMUM_NAME_LENGTH,
              "have 1 to 50 characters");
  static final ObjectType<IotHubMessageSink> TYPE =
      ObjectType.named("IoTHubMessageSink", IotHubMessageSink::new, HUB_OUTPUT_NAME)
          .node(
              NodeTraits.sink()
                  .taking(StreamKind.EVENTS)
                  .notFollowing(
                      "an IoT Hub message source",
                      "#Microsoft.Media.MediaGraphIoTHubMessageSource"));

  private IotHubMessageSink(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates a sink.
   *
   * @param hubOutputName the output of the module, 1 to 50 characters; may hold {@code ${name}}
   * @return the sink
   */
  public static IotHubMessageSink output(String hubOutputName) {
    return new IotHubMessageSink(
        Settings.empty().with(HUB_OUTPUT_NAME, Value.parse(hubOutputName, ValueTypes.TEXT)));
  }

  /**
   * Creates a sink.
   *
   * @param hubOutputName the parameter whose value is the output of the module
   * @return the sink
   */
  public static IotHubMessageSink output(Parameter<String> hubOutputName) {
    return output(hubOutputName.placeholder());
  }

  /**
   * Returns the output of the module.
   *
   * @return the output, or empty when a topology of version 1.0 leaves it out
   */
  public Optional<Value<String>> hubOutputName() {
    return find(HUB_OUTPUT_NAME);
  }

  @Override
  public String type() {
    return TYPE.name();
  }
}
