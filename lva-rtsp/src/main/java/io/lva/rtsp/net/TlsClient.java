package io.lva.rtsp.net;

import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.TlsTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;

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
   * @throws SSLException when this Java has no TLS
   */
  static SslHandler handler(
      RtspUrl url, int port, TlsTrust trust, Duration timeout, ByteBufAllocator allocator)
      throws SSLException {
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    if (trust.ignoreSignature()) {
      builder.trustManager(new AnyIssuer());
    } else if (!trust.certificates().isEmpty()) {
      builder.trustManager(trust.certificates());
    }
    builder.endpointIdentificationAlgorithm(trust.ignoreHostname() ? null : "HTTPS");
    SslHandler handler = builder.build().newHandler(allocator, url.host(), port);
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }

  /** Asks only that the certificate is valid today; the JDK checks the host name after it. */
  private static final class AnyIssuer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      chain[0].checkValidity();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
