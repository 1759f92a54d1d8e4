package io.lva.examples;

import com.sun.net.httpserver.HttpServer;
import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;

/** Serves recordings below {@code /video/} of your own HTTP server, which is the JDK's here. */
public final class ServePage implements AutoCloseable {
  private final Playback playback;
  private final HttpServer server;

  private ServePage(Playback playback, HttpServer server) {
    this.playback = playback;
    this.server = server;
  }

  /**
   * Begins to serve on the loopback address.
   *
   * @param folder of the recordings
   * @param port up to 65535; 0 for any free one
   * @return the server, which serves until it is closed
   * @throws IOException when the folder cannot be opened or the port is taken
   * @throws IllegalArgumentException when the port is out of range
   */
  public static ServePage start(Path folder, int port) throws IOException {
    // begin example
    var playback = Playback.open(folder.toUri());
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/video/",
        exchange -> {
          var target = exchange.getRequestURI();
          String path = target.getRawPath().substring("/video".length());
          String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
          var request = Request.of(exchange.getRequestMethod(), path + query, Map.of());
          var response = playback.handle(request).toCompletableFuture().join();
          response.headers().forEach(exchange.getResponseHeaders()::set);
          try (var body = response.body()) {
            exchange.sendResponseHeaders(response.status(), 0);
            try (var out = exchange.getResponseBody()) {
              body.writeTo(out);
            }
          }
        });
    server.start();
    // end example
    return new ServePage(playback, server);
  }

  /**
   * Returns the address of the page.
   *
   * @return the address, to be opened in a browser
   */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/video/";
  }

  @Override
  public void close() {
    server.stop(/* delay= */ 0);
    playback.close();
  }

  /**
   * Serves until the process ends.
   *
   * @param arguments folder of the recordings, port
   * @throws IOException when the folder cannot be opened or the port is taken
   */
  public static void main(String[] arguments) throws IOException {
    System.out.println(start(Path.of(arguments[0]), Integer.parseInt(arguments[1])).address());
  }
}
