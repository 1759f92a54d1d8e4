package io.lva.examples.cli;

import io.lva.playback.HttpPlaybackServer;
import io.lva.playback.Playback;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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

  /**
   * Begins to serve.
   *
   * @throws CommandFailure when the address cannot be bound
   */
  HttpPlaybackServer serve(Playback playback) {
    try {
      if (port != null) {
        return HttpPlaybackServer.start(playback, at(port));
      }
      try {
        return HttpPlaybackServer.start(playback, at(USUAL_PORT));
      } catch (BindException taken) {
        return HttpPlaybackServer.start(playback, at(/* number= */ 0));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "cannot listen on " + address + " port " + port + ": " + e.getMessage(), e);
    }
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
