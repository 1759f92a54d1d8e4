package io.lva.rtsp.net;

import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.TlsTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Creates the client's side of TLS connections.
 *
 * <p>Immutable.
 */
final class TlsClient {
  private TlsClient() {}

  /**
   * Creates the handler of one connection.
   *
   * @throws SSLException when this Java runtime has no TLS
   */
  static SslHandler handler(
      RtspUrl url, int port, TlsTrust trust, Duration timeout, ByteBufAllocator allocator)
      throws SSLException {
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    builder.trustManager(new CertificateCheck(trust));
    builder.endpointIdentificationAlgorithm(trust.ignoreHostname() ? null : "HTTPS");
    SslHandler handler = builder.build().newHandler(allocator, url.host(), port);
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }
}
