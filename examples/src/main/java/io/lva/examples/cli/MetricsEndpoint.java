package io.lva.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Serves {@code /metrics} in the text format of Prometheus, and {@code /health}. */
final class MetricsEndpoint implements AutoCloseable {
  private final HttpServer server;

  private MetricsEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts the endpoint on all addresses of this machine, as the port of a container requires.
   *
   * @throws CommandFailure when the port cannot be used
   */
  static MetricsEndpoint start(int port, PrometheusMeterRegistry registry) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(port), /* backlog= */ 0);
      server.createContext("/metrics", exchange -> answer(exchange, registry::scrape));
      server.createContext("/health", exchange -> answer(exchange, () -> "ok\n"));
      server.start();
      return new MetricsEndpoint(server);
    } catch (IOException e) {
      throw new CommandFailure(
          "port "
              + port
              + " of the metrics cannot be used ("
              + e.getMessage()
              + "): choose another with --metrics-port, or 0 for any",
          e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
    try (exchange) {
      byte[] bytes = text.get().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
