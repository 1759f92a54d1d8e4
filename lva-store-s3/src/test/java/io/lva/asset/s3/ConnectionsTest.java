package io.lva.asset.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lva.fmp4.ByteSource;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

@Timeout(60)
class ConnectionsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int SEGMENT_BYTES = 16 << 20;
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  /** Returns a context that has a certificate for 127.0.0.1, and trusts it. */
  private SSLContext certified() throws Exception {
    Path file = folder.resolve("keys.p12");
    Judges.Verdict made =
        Judges.run(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "server",
            "-dname",
            "CN=server",
            "-ext",
            "san=ip:127.0.0.1",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    assertThat(made.exitCode()).as(made.errors()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  /** Asks each connection for its content, and takes nothing of it. */
  private static void greet(SSLServerSocket server, Queue<SSLSocket> greeted) {
    try {
      while (true) {
        SSLSocket connection = (SSLSocket) server.accept();
        greeted.add(connection);
        connection.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  @Test
  void put_serviceIsFrozenOverTls_isGivenUpSoon() throws Exception {
    SSLContext context = certified();
    Queue<SSLSocket> greeted = new ConcurrentLinkedQueue<>();
    try (SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> greet(server, greeted), "frozen-service");
      thread.setDaemon(true);
      thread.start();
      S3Options options =
          S3Options.builder("videos")
              .endpoint(URI.create("https://127.0.0.1:" + server.getLocalPort()))
              .credentials(Access.credentials())
              .requestTimeout(TIMEOUT)
              .build();
      try (S3Store store =
          S3Store.connect(options, timeout -> client(timeout, context.getSocketFactory()))) {
        long began = System.nanoTime();
        assertThatThrownBy(
                () -> store.putIfAbsent("a", ByteSource.of(ByteBuffer.allocate(SEGMENT_BYTES))))
            .isExactlyInstanceOf(IOException.class)
            .hasMessage("cannot write 'a' in bucket 'videos': the service does not answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .isBetween(TIMEOUT.multipliedBy(3), TIMEOUT.multipliedBy(15));
      }
    }
    assertThat(greeted).hasSize(2);
    for (SSLSocket connection : greeted) {
      connection.close();
    }
  }

  private static SdkHttpClient client(Duration timeout, SSLSocketFactory sockets) {
    return UrlConnectionHttpClient.create(
        new Connections(timeout, sockets, ProxyConfiguration.builder().build()));
  }

  @Test
  void createConnection_proxy_isUsedButForItsExceptions() throws Exception {
    Queue<String> requests = new ConcurrentLinkedQueue<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().get("Proxy-Authorization"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    proxy.start();
    int port = proxy.getAddress().getPort();
    try {
      Connections connections =
          new Connections(
              TIMEOUT,
              (SSLSocketFactory) SSLSocketFactory.getDefault(),
              ProxyConfiguration.builder()
                  .endpoint(URI.create("http://127.0.0.1:" + port))
                  .username("user")
                  .password("pass")
                  .nonProxyHosts(Set.of("127\\.0\\.0\\..*"))
                  .build());
      for (String url : List.of("http://s3.invalid/a", "http://127.0.0.1:" + port + "/b")) {
        HttpURLConnection connection = connections.createConnection(URI.create(url));
        assertThat(connection.getResponseCode()).isEqualTo(204);
        connection.disconnect();
      }
    } finally {
      proxy.stop(0);
    }
    assertThat(requests).containsExactly("http://s3.invalid/a [Basic dXNlcjpwYXNz]", "/b null");
  }
}
