package io.lva.rtsp.net;

import io.lva.graph.Credentials;
import io.lva.graph.Endpoint;
import io.lva.graph.EndpointUrl;
import io.lva.graph.NodeSpec;
import io.lva.graph.RtspSource;
import io.lva.graph.Secret;
import io.lva.graph.SourceClock;
import io.lva.graph.TlsEndpoint;
import io.lva.graph.Transport;
import io.lva.graph.UsernamePasswordCredentials;
import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.session.CameraSource;
import io.lva.rtsp.session.RtspConnector;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Makes RTSP sources.
 *
 * <p>Immutable.
 */
public final class RtspSourceProvider implements NodeProvider {
  /** Makes the provider; for {@link java.util.ServiceLoader}. */
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
    if (context.resolve(source.transport()) != Transport.TCP) {
      throw new IllegalArgumentException("transport: this version receives over TCP only");
    }
    if (source.endpoint() instanceof TlsEndpoint) {
      throw new IllegalArgumentException("endpoint: this version connects without TLS only");
    }
    RtspOptions options =
        RtspOptions.of(url(source.endpoint(), context))
            .withCameraClock(context.resolve(source.clock()) == SourceClock.CAMERA);
    Optional<RtspCredentials> credentials =
        source.endpoint().credentials().flatMap(given -> credentials(given, context));
    RtspConnector connector =
        NettyConnector.of(context.loop(), () -> context.mediaOutput().hasRoom());
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    return new CameraSource(
        credentials.map(options::withCredentials).orElse(options), context, connector, random);
  }

  private static RtspUrl url(Endpoint endpoint, NodeContext context) {
    EndpointUrl url = context.resolve(endpoint.url());
    try {
      return RtspUrl.parse(url.reveal());
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
