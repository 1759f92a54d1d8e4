package io.lva.playback.http;

import io.lva.spi.Metrics;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a {@link HttpHandler} over HTTP/1.1.
 *
 * <p>A thread is held only while a store is read, not by a player that waits for a part or reads
 * slowly, nor by a connection whose request never ends. A connection that is idle for too long
 * ({@link HttpOptions#withIdleTime}) is closed.
 *
 * <p>Thread-safe.
 */
public final class HttpPlaybackServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpPlaybackServer.class.getName());
  private static final int MAXIMUM_THREADS = 64;
  private static final int MINIMUM_THREADS = 4;
  private static final int THREADS_KEPT_MILLIS = 30_000;
  private static final int MAXIMUM_CONNECTIONS = 4096;
  private static final int BACKLOG = 256;
  private static final int HEADER_BYTES = 64 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final Metrics.Registration connections;

  private HttpPlaybackServer(HttpHandler handler, HttpOptions options) {
    QueuedThreadPool threads =
        new QueuedThreadPool(MAXIMUM_THREADS, MINIMUM_THREADS, THREADS_KEPT_MILLIS);
    threads.setName("lva-http");
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(HEADER_BYTES);
    configuration.setSendServerVersion(false);
    configuration.setUriCompliance(UriCompliance.UNSAFE); // paths are judged by their handler
    this.connector =
        new ServerConnector(
            server,
            /* acceptors= */ 1,
            /* selectors= */ 1,
            new HttpConnectionFactory(configuration));
    connector.setHost(options.address().getAddress().getHostAddress());
    connector.setPort(options.address().getPort());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(options.idle().toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAXIMUM_CONNECTIONS, connector));
    HttpMetrics metrics = new HttpMetrics(options.metrics());
    HttpHandler routed = new OriginPolicy(options, new Routes(options.routes(), handler));
    JettyHandler translation = new JettyHandler(routed, metrics, threads);
    server.setHandler(translation);
    server.setErrorHandler(translation::refuse);
    this.connections =
        options
            .metrics()
            .gauge(HttpMetrics.CONNECTIONS, () -> connector.getConnectedEndPoints().size());
  }

  /**
   * Binds an address and begins to serve.
   *
   * @param handler answers the requests; stays with the caller
   * @param options where to listen, and which clients to answer
   * @return a running server
   * @throws IOException when the host is unknown, the address cannot be bound, or the server does
   *     not start
   */
  public static HttpPlaybackServer start(HttpHandler handler, HttpOptions options)
      throws IOException {
    InetSocketAddress address = options.address();
    if (address.isUnresolved()) {
      throw new IOException("the host " + address.getHostString() + " is not known");
    }
    HttpPlaybackServer started = new HttpPlaybackServer(handler, options);
    try {
      started.connector.open();
      started.server.start();
    } catch (Exception e) {
      started.close();
      throw bindFailure(e);
    }
    if (!address.getAddress().isLoopbackAddress()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "listening on {0} without access control: everybody who reaches this address can watch"
              + " and save all recordings. Listen on 127.0.0.1 behind a proxy that asks for a"
              + " login, or make sure that only those who may watch reach it.",
          address);
    }
    return started;
  }

  private static IOException bindFailure(Exception failure) {
    if (failure.getCause() instanceof BindException taken) {
      return taken;
    }
    return failure instanceof IOException io
        ? io
        : new IOException("the server does not start: " + failure.getMessage(), failure);
  }

  /**
   * Returns where the server listens.
   *
   * @return the bound address
   * @throws IllegalArgumentException when the server is closed
   */
  public InetSocketAddress address() {
    return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    connections.close();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "the server did not stop cleanly", e);
    }
  }
}
