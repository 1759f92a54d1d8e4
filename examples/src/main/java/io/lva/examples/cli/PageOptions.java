package io.lva.examples.cli;

import io.lva.asset.LiveAssets;
import io.lva.asset.store.AssetStore;
import io.lva.playback.Playback;
import io.lva.playback.PlaybackOptions;
import io.lva.playback.http.HttpHandler;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the page is served: by default, only to this machine. */
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

  @Mixin private PlaybackMemoryOption memory = new PlaybackMemoryOption();

  static PageOptions at(String address, int port) {
    PageOptions options = new PageOptions();
    options.address = address;
    options.port = port;
    return options;
  }

  /**
   * Returns the options that limit how much memory of this host playback may take.
   *
   * @throws CommandFailure when that is too little memory
   */
  PlaybackOptions playback() {
    return memory.options();
  }

  /** Returns whether an option asks for a page. */
  boolean isGiven() {
    return port != null;
  }

  /**
   * Opens a store and begins to serve it.
   *
   * @param store to play back
   * @param monitor answers {@code /metrics} and {@code /health}
   * @throws CommandFailure when the store cannot be opened or the address cannot be bound
   */
  PageServer serve(URI store, Monitor monitor) {
    return serve(() -> open(store), monitor);
  }

  private Playback open(URI store) throws IOException {
    PlaybackOptions options = playback();
    return Playback.open(AssetStore.open(store), LiveAssets.empty(), options);
  }

  /**
   * Begins to serve what a runtime records, and what its store holds.
   *
   * @param runtime the runtime that records
   * @param monitor answers {@code /metrics} and {@code /health}
   * @throws CommandFailure when the store cannot be opened or the address cannot be bound
   */
  PageServer serve(MediaRuntime runtime, Monitor monitor) {
    return serve(() -> Playback.open(runtime), monitor);
  }

  /** Opens a playback. */
  @FunctionalInterface
  private interface Opener {
    Playback open() throws IOException;
  }

  private PageServer serve(Opener opener, Monitor monitor) {
    Playback playback;
    try {
      playback = opener.open();
    } catch (IOException e) {
      throw OpenStore.failure(e);
    }
    try {
      return new PageServer(playback, start(playback, monitor));
    } catch (CommandFailure e) {
      playback.close();
      throw e;
    }
  }

  private HttpPlaybackServer start(HttpHandler playback, Monitor monitor) {
    try {
      if (port != null) {
        return start(playback, monitor, port);
      }
      try {
        return start(playback, monitor, USUAL_PORT);
      } catch (BindException taken) {
        return start(playback, monitor, /* number= */ 0);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "cannot listen on "
              + address
              + (port == null ? "" : " port " + port)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private HttpPlaybackServer start(HttpHandler playback, Monitor monitor, int number)
      throws IOException {
    InetSocketAddress bound = at(number);
    HttpOptions options = HttpOptions.at(bound).withOrigins(origins).withHosts(hosts);
    HttpPlaybackServer server = HttpPlaybackServer.start(playback, monitor.route(options));
    if (!bound.getAddress().isLoopbackAddress()) {
      System.err.println(
          "lva: WARNING: "
              + address
              + " can be reached from other machines, and everybody who reaches it can watch and"
              + " save all recordings");
    }
    return server;
  }

  /**
   * Returns the addresses to open in a browser. A server that listens on all addresses of this
   * machine is reached as {@code localhost} here, and at each of them from other machines.
   */
  static List<String> urls(InetSocketAddress bound) {
    List<String> hosts = new ArrayList<>();
    if (bound.getAddress().isAnyLocalAddress()) {
      hosts.add("localhost");
      ofThisMachine().forEach(address -> hosts.add(text(address)));
    } else {
      hosts.add(text(bound.getAddress()));
    }
    return hosts.stream().map(host -> "http://" + host + ":" + bound.getPort() + "/").toList();
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text;
  }

  /**
   * Returns the addresses at which other machines can reach this one; the list is empty when that
   * cannot be found out.
   */
  private static List<InetAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private InetSocketAddress at(int number) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), number);
  }
}
