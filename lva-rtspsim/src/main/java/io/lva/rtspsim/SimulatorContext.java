package io.lva.rtspsim;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of a simulator share.
 *
 * <p>Thread-safe.
 */
final class SimulatorContext {
  private final Map<String, MediaSource> sources;
  private final Map<String, String> rejected;
  private final LoginCheck authenticator;
  private final Faults faults;
  private final MediaClock clock;
  private final Delivery delivery;
  private final SimulatorCounters counters = new SimulatorCounters();
  private final Map<EventLoop, Pacer> pacers = new ConcurrentHashMap<>();
  private final AtomicLong clients = new AtomicLong();

  /**
   * How clients are served.
   *
   * @param burst whether a client at once gets everything since the latest key frame
   * @param paced whether media is sent in its own time, not as fast as clients take it
   * @param seed seed of everything random
   * @param sessionTimeout time after which a silent client is forgotten
   */
  record Delivery(boolean burst, boolean paced, long seed, Duration sessionTimeout) {}

  SimulatorContext(
      Map<String, MediaSource> sources,
      Map<String, String> rejected,
      LoginCheck authenticator,
      Faults faults,
      MediaClock clock,
      Delivery delivery) {
    this.sources = Map.copyOf(sources);
    this.rejected = Map.copyOf(rejected);
    this.authenticator = authenticator;
    this.faults = faults;
    this.clock = clock;
    this.delivery = delivery;
  }

  /** Returns the sources by their paths. */
  Map<String, MediaSource> sources() {
    return sources;
  }

  /** Returns why files are not served, by the paths that they would have had. */
  Map<String, String> rejected() {
    return rejected;
  }

  LoginCheck authenticator() {
    return authenticator;
  }

  Faults faults() {
    return faults;
  }

  MediaClock clock() {
    return clock;
  }

  Delivery delivery() {
    return delivery;
  }

  SimulatorCounters counters() {
    return counters;
  }

  Pacer pacer(EventLoop loop) {
    return pacers.computeIfAbsent(loop, same -> new Pacer(same, clock));
  }

  /**
   * Returns the random generator for the next client; it is the same for the same seed and client
   * number.
   */
  SplittableRandom nextClient() {
    return new SplittableRandom(delivery.seed() + clients.getAndIncrement());
  }
}
