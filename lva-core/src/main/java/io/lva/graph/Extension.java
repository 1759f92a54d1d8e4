package io.lva.graph;

import java.util.List;
import java.util.Optional;

/**
 * Sends pictures to an inference service. Only key pictures pass; events say what the service
 * found.
 *
 * <p>Immutable.
 */
public abstract sealed class Extension extends PropertyObject
    implements NodeSpec.Processor<MediaOutput, Extension.Outputs>
    permits HttpExtension, GrpcExtension, CognitiveServicesVisionExtension {
  static final Property.Child<Endpoint> ENDPOINT =
      Property.required("endpoint", List.of(UnsecuredEndpoint.TYPE, TlsEndpoint.TYPE));
  static final Property.Child<Image> IMAGE =
      Property.<Image>optional("image", List.of(Image.TYPE)).requiredSince2();
  static final Property.Child<SamplingOptions> SAMPLING_OPTIONS =
      Property.<SamplingOptions>optional("samplingOptions", List.of(SamplingOptions.TYPE)).since2();

  static final NodeTraits TRAITS =
      NodeTraits.processor()
          .taking(StreamKind.VIDEO)
          .giving(StreamKind.VIDEO, StreamKind.EVENTS)
          .atMostOne("one extension", Versions.ONLY_1_0);

  Extension(ObjectType<?> type, Settings settings) {
    super(type, settings);
  }

  /**
   * What an extension offers to connect to.
   *
   * @param media the key pictures that came in
   * @param events what the service found
   */
  public record Outputs(MediaOutput media, EventOutput events) {}

  /**
   * Returns where the service is.
   *
   * @return URL, credentials and TLS
   * @throws IllegalStateException when it is missing, which {@link TopologyRules} reports
   */
  public final Endpoint endpoint() {
    return require(ENDPOINT);
  }

  /**
   * Returns the form in which pictures are sent.
   *
   * @return the form; empty when a topology of version 1.0 does not set it, which means JPEG of the
   *     size of the video
   */
  public final Optional<Image> image() {
    return find(IMAGE);
  }

  /**
   * Returns which pictures are sent.
   *
   * @return the options; {@link SamplingOptions#ALL} when not set
   */
  public final SamplingOptions samplingOptions() {
    return find(SAMPLING_OPTIONS).orElse(SamplingOptions.ALL);
  }

  @Override
  public final String type() {
    return objectType().name();
  }

  @Override
  public final Outputs outputs(Origin self) {
    return new Outputs(new MediaOutput(self), new EventOutput(self));
  }

  /** Reports the URL when its scheme is known and not one of these. */
  final void checkScheme(ObjectRule.Report report, String... schemes) {
    find(ENDPOINT)
        .flatMap(Endpoint::scheme)
        .filter(scheme -> !List.of(schemes).contains(scheme))
        .ifPresent(
            scheme ->
                report.add(
                    ProblemCode.ENDPOINT_URL_INVALID_SCHEME,
                    "endpoint.url",
                    "Uri scheme '"
                        + scheme
                        + "' is not valid for this endpoint. Valid values are: "
                        + String.join(", ", schemes)));
  }

  /** Applies the rules of the extensions that speak gRPC. */
  static void checkTcp(Extension extension, ObjectRule.Report report) {
    extension.checkScheme(report, "tcp");
    if (extension.find(ENDPOINT).flatMap(e -> e.find(TlsEndpoint.VALIDATION_OPTIONS)).isPresent()) {
      report.add(
          ProblemCode.MODULE_VALIDATION,
          "endpoint.validationOptions",
          "'validationOptions' is not supported for gRPC.");
    }
  }
}
