package io.lva.graph;

import java.util.List;
import java.util.Optional;

/**
 * A camera that speaks RTSP.
 *
 * <p>Immutable.
 */
public final class RtspSource extends PropertyObject implements NodeSpec.Source<MediaOutput> {
  static final Property.Scalar<Transport> TRANSPORT =
      Property.optional("transport", ValueTypes.of(Transport.class)).echoedAs("Tcp");
  static final Property.Child<Endpoint> ENDPOINT =
      Property.required("endpoint", List.of(UnsecuredEndpoint.TYPE, TlsEndpoint.TYPE));
  // Not of LVA: a source that replays.
  static final Property.Scalar<SourceClock> CLOCK =
      Property.optional("clock", ValueTypes.of(SourceClock.class));
  static final ObjectType<RtspSource> TYPE =
      ObjectType.named("RtspSource", RtspSource::new, TRANSPORT, ENDPOINT, CLOCK)
          .node(
              NodeTraits.source()
                  .giving(StreamKind.VIDEO, StreamKind.AUDIO, StreamKind.METADATA)
                  .atMostOne("one RTSP source", Versions.ALL))
          .rule(RtspSource::checkScheme);

  private RtspSource(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates a source.
   *
   * @param endpoint where to connect, with credentials and TLS
   * @return the source
   */
  public static RtspSource at(Endpoint endpoint) {
    return new RtspSource(Settings.empty().with(ENDPOINT, endpoint));
  }

  /**
   * Creates a source.
   *
   * @param url of the camera; may hold {@code ${name}}
   * @return the source
   * @throws IllegalArgumentException when the text is not a URL
   */
  public static RtspSource at(String url) {
    return at(UnsecuredEndpoint.at(url));
  }

  /**
   * Creates a source.
   *
   * @param url the parameter whose value is the URL of the camera
   * @return the source
   */
  public static RtspSource at(Parameter<String> url) {
    return at(UnsecuredEndpoint.at(url));
  }

  /**
   * Returns a copy with credentials.
   *
   * @param credentials the login for the camera
   * @return the copy
   */
  public RtspSource credentials(Credentials credentials) {
    return new RtspSource(settings().with(ENDPOINT, endpoint().credentials(credentials)));
  }

  /**
   * Returns a copy with a user and a password, taken literally.
   *
   * @param username the user
   * @param password the password
   * @return the copy
   */
  public RtspSource credentials(String username, String password) {
    return credentials(UsernamePasswordCredentials.of(username, password));
  }

  /**
   * Returns a copy with a user and a password from parameters.
   *
   * @param username the parameter whose value is the user
   * @param password the parameter whose value is the password; preferably a {@link
   *     Parameter#secret}
   * @return the copy
   */
  public RtspSource credentials(Parameter<String> username, Parameter<?> password) {
    return credentials(UsernamePasswordCredentials.of(username, password));
  }

  /**
   * Returns a copy with another transport.
   *
   * @param transport how media travels
   * @return the copy
   */
  public RtspSource transport(Transport transport) {
    return transport(Value.of(transport));
  }

  /**
   * Returns a copy with another transport.
   *
   * @param transport how media travels
   * @return the copy
   */
  public RtspSource transport(Value<Transport> transport) {
    return new RtspSource(settings().with(TRANSPORT, transport));
  }

  /**
   * Returns a copy that follows another clock.
   *
   * @param clock {@link SourceClock#CAMERA} for a source that replays
   * @return the copy
   */
  public RtspSource clock(SourceClock clock) {
    return new RtspSource(settings().with(CLOCK, Value.of(clock)));
  }

  /**
   * Returns where the camera is.
   *
   * @return URL, credentials and TLS
   */
  public Endpoint endpoint() {
    return require(ENDPOINT);
  }

  /**
   * Returns how media travels.
   *
   * @return the transport; TCP when not set
   */
  public Value<Transport> transport() {
    return valueOr(TRANSPORT, Transport.TCP);
  }

  /**
   * Returns whose clock the source follows.
   *
   * @return the clock; live when not set
   */
  public Value<SourceClock> clock() {
    return valueOr(CLOCK, SourceClock.LIVE);
  }

  @Override
  public String type() {
    return TYPE.name();
  }

  @Override
  public MediaOutput outputs(Origin self) {
    return new MediaOutput(self);
  }

  private static void checkScheme(RtspSource source, ObjectRule.Report report) {
    Optional<Endpoint> endpoint = source.find(ENDPOINT);
    boolean tls = endpoint.filter(TlsEndpoint.class::isInstance).isPresent();
    List<String> schemes = tls ? List.of("rtsp", "rtsps") : List.of("rtsp");
    endpoint
        .flatMap(Endpoint::scheme)
        .filter(scheme -> !schemes.contains(scheme))
        .ifPresent(
            scheme ->
                report.add(
                    ProblemCode.RTSP_ENDPOINT_URL_INVALID_SCHEME,
                    "",
                    "Uri scheme '"
                        + scheme
                        + "' is not valid for an RTSP source endpoint. Valid values are: "
                        + String.join(", ", schemes)));
  }
}
