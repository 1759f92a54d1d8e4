package io.lva.examples.playback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A page of another origin than the media's, as an integrator's own page is. */
final class StaticFiles implements AutoCloseable {
  private final HttpServer server;

  /** Serves these texts by their paths. */
  StaticFiles(Map<String, String> texts) throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), /* backlog= */ 0);
    texts.forEach((path, text) -> server.createContext(path, exchange -> answer(exchange, text)));
    server.start();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    boolean script = exchange.getRequestURI().getPath().endsWith(".js");
    exchange.getResponseHeaders().set("Content-Type", script ? "text/javascript" : "text/html");
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    server.stop(/* delay= */ 0);
  }
}
