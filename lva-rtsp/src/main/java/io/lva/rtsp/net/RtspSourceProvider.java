package io.lva.rtsp.net;

import io.lva.graph.Credentials;
import io.lva.graph.Endpoint;
import io.lva.graph.EndpointUrl;
import io.lva.graph.NodeSpec;
import io.lva.graph.RtspSource;
import io.lva.graph.Secret;
import io.lva.graph.SourceClock;
import io.lva.graph.TlsEndpoint;
import io.lva.graph.TlsValidationOptions;
import io.lva.graph.UsernamePasswordCredentials;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspSourceOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.TlsTrust;
import io.lva.rtsp.session.CameraSource;
import io.lva.rtsp.session.RtspConnector;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Creates RTSP sources.
 *
 * <p>Immutable.
 */
public final class RtspSourceProvider implements NodeProvider {
  private static final System.Logger LOGGER = System.getLogger(RtspSourceProvider.class.getName());

  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public RtspSourceProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphRtspSource";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof RtspSource source)) {
      throw new IllegalArgumentException("not an RTSP source: " + spec.type());
    }
    RtspSourceOptions common =
        context.option(RtspSourceOptions.class).orElseGet(RtspSourceOptions::defaults);
    RtspOptions options =
        RtspOptions.of(url(source.endpoint(), context))
            .withTransport(context.resolve(source.transport()))
            .withTrust(trust(source.endpoint(), context))
            .withMedia(context.wantedMedia())
            .withCommon(common)
            .withCameraClock(context.resolve(source.clock()) == SourceClock.CAMERA);
    Optional<RtspCredentials> credentials =
        source.endpoint().credentials().flatMap(given -> credentials(given, context));
    RtspConnector connector =
        NettyConnector.of(context.loop(), () -> context.mediaOutput().hasRoom());
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    return new CameraSource(withLogin(options, credentials, context), context, connector, random);
  }

  /**
   * Adds the login of the endpoint unless the URL holds one. A login in the URL belongs to this
   * camera, whereas the endpoint's login may be the default of the topology.
   */
  private static RtspOptions withLogin(
      RtspOptions options, Optional<RtspCredentials> credentials, NodeContext context) {
    if (credentials.isEmpty() || options.credentials().equals(credentials)) {
      return options;
    }
    if (options.credentials().isPresent()) {
      LOGGER.log(
          Level.INFO,
          "{0}: the login in the URL is used, not that of endpoint.credentials",
          context.instanceName());
      return options;
    }
    return options.withCredentials(credentials.get());
  }

  private static TlsTrust trust(Endpoint endpoint, NodeContext context) {
    if (!(endpoint instanceof TlsEndpoint tls)) {
      return TlsTrust.OF_HOST;
    }
    TlsValidationOptions options = tls.validationOptions();
    List<String> texts =
        tls.trustedCertificates()
            .map(list -> list.certificates().stream().map(context::resolve).toList())
            .orElse(List.of());
    try {
      return TlsTrust.of(
          texts,
          context.resolve(options.ignoreHostname()),
          context.resolve(options.ignoreSignature()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("endpoint.trustedCertificates: " + e.getMessage(), e);
    }
  }

  private static RtspUrl url(Endpoint endpoint, NodeContext context) {
    EndpointUrl url = context.resolve(endpoint.url());
    try {
      // A TLS endpoint is reached over TLS whatever its URL begins with.
      String text = url.reveal().trim();
      boolean plain = text.regionMatches(true, 0, "rtsp://", 0, 7);
      return RtspUrl.parse(
          plain && endpoint instanceof TlsEndpoint ? "rtsps" + text.substring(4) : text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("endpoint.url: " + e.getMessage(), e);
    }
  }

  private static Optional<RtspCredentials> credentials(Credentials given, NodeContext context) {
    if (given instanceof UsernamePasswordCredentials pair) {
      String password = pair.password().map(context::resolve).map(Secret::reveal).orElse("");
      return Optional.of(RtspCredentials.of(context.resolve(pair.username()), password));
    }
    throw new IllegalArgumentException("endpoint.credentials: RTSP takes user and password");
  }
}
