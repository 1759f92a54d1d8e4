package io.lva.examples.cli;

import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.playback.http.RequestHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the page is served; on this machine alone unless told otherwise. */
final class PageOptions {
  private static final int USUAL_PORT = 8080;

  @Option(
      names = "--port",
      description = "Port of the page (default: 8080, or any free one when that is taken).")
  private @Nullable Integer port;

  @Option(
      names = "--address",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String address = "127.0.0.1";

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description =
          "An origin whose pages may read the recordings too, such as https://player.example;"
              + " repeatable. * allows every site.")
  private Set<String> origins = Set.of();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "A name by which browsers reach this machine, beside its host name and addresses;"
              + " repeatable.")
  private Set<String> hosts = Set.of();

  /**
   * Begins to serve.
   *
   * @throws CommandFailure when the address cannot be bound
   */
  HttpPlaybackServer serve(RequestHandler playback) {
    try {
      if (port != null) {
        return start(playback, port);
      }
      try {
        return start(playback, USUAL_PORT);
      } catch (BindException taken) {
        return start(playback, /* number= */ 0);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "cannot listen on " + address + " port " + port + ": " + e.getMessage(), e);
    }
  }

  private HttpPlaybackServer start(RequestHandler playback, int number) throws IOException {
    InetSocketAddress bound = at(number);
    HttpOptions options = HttpOptions.at(bound).withOrigins(origins).withHosts(hosts);
    HttpPlaybackServer server = HttpPlaybackServer.start(playback, options);
    if (!bound.getAddress().isLoopbackAddress()) {
      System.err.println(
          "lva: WARNING: "
              + address
              + " can be reached from other machines, and everybody who reaches it can watch and"
              + " save all recordings");
    }
    return server;
  }

  /** Returns the address to open in a browser. */
  static String url(HttpPlaybackServer server) {
    InetSocketAddress bound = server.address();
    InetAddress host = bound.getAddress();
    String name = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + bound.getPort() + "/";
  }

  private InetSocketAddress at(int number) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), number);
  }
}
