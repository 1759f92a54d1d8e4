package io.lva.graph;

import java.util.List;
import java.util.Optional;

/**
 * An inference service that speaks gRPC.
 *
 * <p>Immutable.
 */
public final class GrpcExtension extends Extension {
  static final Property.Child<GrpcDataTransfer> DATA_TRANSFER =
      Property.required("dataTransfer", List.of(GrpcDataTransfer.TYPE));
  static final Property.Scalar<String> EXTENSION_CONFIGURATION =
      Property.optional("extensionConfiguration", ValueTypes.TEXT).since2();
  static final ObjectType<GrpcExtension> TYPE =
      ObjectType.named(
              "GrpcExtension",
              GrpcExtension::new,
              ENDPOINT,
              IMAGE,
              SAMPLING_OPTIONS,
              DATA_TRANSFER,
              EXTENSION_CONFIGURATION)
          .node(TRAITS)
          .rule(Extension::checkTcp);

  private GrpcExtension(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates an extension.
   *
   * @param endpoint where the service is
   * @param image the form in which pictures are sent
   * @param dataTransfer how pictures are handed over
   * @return the extension
   */
  public static GrpcExtension at(Endpoint endpoint, Image image, GrpcDataTransfer dataTransfer) {
    return new GrpcExtension(
        Settings.empty()
            .with(ENDPOINT, endpoint)
            .with(IMAGE, image)
            .with(DATA_TRANSFER, dataTransfer));
  }

  /**
   * Returns a copy with other sampling options.
   *
   * @param options which pictures to send
   * @return the copy
   */
  public GrpcExtension sampling(SamplingOptions options) {
    return new GrpcExtension(settings().with(SAMPLING_OPTIONS, options));
  }

  /**
   * Returns a copy with a text for the service.
   *
   * @param configuration sent to the service as it is; may hold {@code ${name}}
   * @return the copy
   */
  public GrpcExtension extensionConfiguration(String configuration) {
    return new GrpcExtension(
        settings().with(EXTENSION_CONFIGURATION, Value.parse(configuration, ValueTypes.TEXT)));
  }

  /**
   * Returns how pictures are handed over.
   *
   * @return embedded or in shared memory
   * @throws IllegalStateException when it is missing, which {@link TopologyRules} reports
   */
  public GrpcDataTransfer dataTransfer() {
    return require(DATA_TRANSFER);
  }

  /**
   * Returns the text for the service.
   *
   * @return the text, or empty when there is none
   */
  public Optional<Value<String>> extensionConfiguration() {
    return find(EXTENSION_CONFIGURATION);
  }
}
