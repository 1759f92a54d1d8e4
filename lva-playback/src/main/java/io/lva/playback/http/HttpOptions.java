package io.lva.playback.http;

import io.lva.spi.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a server listens, and which clients it answers.
 *
 * <p>Immutable.
 */
public final class HttpOptions {
  /** Any origin may read: only for recordings that are public anyway. */
  public static final String ANY_ORIGIN = "*";

  private static final Duration IDLE = Duration.ofSeconds(30);

  private final InetSocketAddress address;
  private final Set<String> origins;
  private final Set<String> hosts;
  private final Map<String, HttpHandler> routes;
  private final Metrics metrics;
  private final Duration idle;

  private HttpOptions(
      InetSocketAddress address,
      Set<String> origins,
      Set<String> hosts,
      Map<String, HttpHandler> routes,
      Metrics metrics,
      Duration idle) {
    this.address = address;
    this.origins = lowerCase(origins);
    this.hosts = lowerCase(hosts);
    this.routes = Map.copyOf(routes);
    this.metrics = metrics;
    this.idle = idle;
  }

  private static Set<String> lowerCase(Set<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Listens on the loopback address, for this machine and pages of this server alone.
   *
   * @param port 0 for any free one
   * @return the options
   * @throws IllegalArgumentException when the port is not from 0 to 65535
   */
  public static HttpOptions loopback(int port) {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /**
   * Listens on an address, for pages of this server alone.
   *
   * @param address with port 0 for any free one; a wildcard address opens the recordings to
   *     everybody who reaches this machine
   * @return the options
   */
  public static HttpOptions at(InetSocketAddress address) {
    return new HttpOptions(address, Set.of(), Set.of(), Map.of(), Metrics.none(), IDLE);
  }

  /**
   * Replaces the origins whose pages may read what this server answers, besides its own.
   *
   * @param allowed for example {@code https://player.example}, or {@link #ANY_ORIGIN}; empty by
   *     default
   * @return a copy of these options with the origins
   */
  public HttpOptions withOrigins(Set<String> allowed) {
    return new HttpOptions(address, allowed, hosts, routes, metrics, idle);
  }

  /**
   * Replaces the names by which clients may address this server, besides IP addresses, {@code
   * localhost}, the name of this machine and the host name of the address to listen on. Other names
   * are refused, so that a foreign site cannot point its name at this server and read it as its own
   * (DNS rebinding).
   *
   * @param names without port, for example {@code cameras.example}; empty by default
   * @return a copy of these options with the names
   */
  public HttpOptions withHosts(Set<String> names) {
    return new HttpOptions(address, origins, names, routes, metrics, idle);
  }

  /**
   * Adds a handler for a path, such as metrics or the health of the process.
   *
   * @param path exact, beginning with a slash
   * @param handler answers GET and HEAD requests for it
   * @return a copy of these options with the handler
   */
  public HttpOptions withRoute(String path, HttpHandler handler) {
    Map<String, HttpHandler> all = new HashMap<>(routes);
    all.put(path, handler);
    return new HttpOptions(address, origins, hosts, all, metrics, idle);
  }

  /**
   * Counts requests, bytes and connections.
   *
   * @param counting receives the counts; nothing is counted by default
   * @return a copy of these options with the receiver
   */
  public HttpOptions withMetrics(Metrics counting) {
    return new HttpOptions(address, origins, hosts, routes, counting, idle);
  }

  /**
   * Replaces the time for which a connection may be idle before it is closed.
   *
   * @param time 1 ms or more; 30 s by default
   * @return a copy of these options with the time
   */
  public HttpOptions withIdleTime(Duration time) {
    return new HttpOptions(address, origins, hosts, routes, metrics, time);
  }

  Duration idle() {
    return idle;
  }

  InetSocketAddress address() {
    return address;
  }

  Set<String> origins() {
    return origins;
  }

  Set<String> hosts() {
    return hosts;
  }

  Map<String, HttpHandler> routes() {
    return routes;
  }

  Metrics metrics() {
    return metrics;
  }
}
