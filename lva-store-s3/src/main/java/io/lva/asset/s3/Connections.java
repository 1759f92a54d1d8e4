package io.lva.asset.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/**
 * Opens connections as the library does, through the proxy named by the environment or the system
 * properties. Unlike the library's, its TLS connections can be closed while a write hangs.
 *
 * <p>Thread-safe.
 */
final class Connections implements UrlConnectionFactory {
  private static final int CONNECT_TIMEOUT_MILLIS = 5000;

  private final int timeoutMillis;
  private final SSLSocketFactory sockets;
  private final ProxyConfiguration proxy;

  /**
   * Creates a factory.
   *
   * @param timeout how long to wait for each piece of an answer
   * @param sockets makes the TLS sockets and thus decides which certificates are trusted
   * @param proxy the proxy to use, if any
   */
  Connections(Duration timeout, SSLSocketFactory sockets, ProxyConfiguration proxy) {
    this.timeoutMillis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    this.sockets = new LingeringSockets(sockets);
    this.proxy = proxy;
  }

  @Override
  public HttpURLConnection createConnection(URI uri) {
    try {
      HttpURLConnection connection = open(uri);
      connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
      connection.setReadTimeout(timeoutMillis);
      if (connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(sockets);
      }
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpURLConnection open(URI uri) throws IOException {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (proxy.host() == null || proxy.nonProxyHosts().stream().anyMatch(host::matches)) {
      return (HttpURLConnection) uri.toURL().openConnection();
    }
    InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
    HttpURLConnection connection =
        (HttpURLConnection) uri.toURL().openConnection(new Proxy(Proxy.Type.HTTP, address));
    if (proxy.username() != null && proxy.password() != null) {
      byte[] credentials = (proxy.username() + ':' + proxy.password()).getBytes(UTF_8);
      connection.addRequestProperty(
          "Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return connection;
  }
}
