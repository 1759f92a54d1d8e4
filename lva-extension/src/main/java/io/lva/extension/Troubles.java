package io.lva.extension;

import io.lva.event.GraphEvent;
import io.lva.spi.Clock;
import io.lva.spi.NodeContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells the integrator about trouble with a service: the first failure of each cause at once, and
 * after that at most one per minute, with the number of failures in between.
 *
 * <p>Confined to its media loop.
 */
final class Troubles {
  private static final System.Logger LOGGER = System.getLogger(Troubles.class.getName());
  private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MAXIMUM_CAUSES = 64;

  private final NodeContext context;
  private final String protocol;
  private final String host;
  private final Map<String, Known> known = new HashMap<>();

  private static final class Known {
    long told;
    long count;
  }

  /**
   * Creates a reporter that has reported nothing yet.
   *
   * @param protocol {@code http} or {@code grpc}
   * @param host name and port of the service, without secrets
   */
  Troubles(String protocol, String host, NodeContext context) {
    this.protocol = protocol;
    this.host = host;
    this.context = context;
  }

  /** Reports that the service cannot be reached, or that the connection to it broke. */
  void network(String code, String reason) {
    tell(code, reason, text -> new GraphEvent.NetworkError(host, code, text));
  }

  /** Reports that the service breaks the protocol or refuses a request. */
  void protocol(String code, String reason) {
    String target = protocol + "://" + host;
    tell(code, reason, text -> new GraphEvent.ProtocolError(protocol, code, target, host, text));
  }

  /** Reports that pictures were dropped. */
  void dropped(String reason) {
    tell("dropped", reason, text -> new GraphEvent.DataDropped("picture", text));
  }

  private void tell(String code, String reason, Function<String, GraphEvent> event) {
    if (known.size() == MAXIMUM_CAUSES && !known.containsKey(code)) {
      return;
    }
    Clock clock = context.loop().clock();
    Known cause = known.get(code);
    if (cause == null) {
      cause = new Known();
      known.put(code, cause);
    } else if (clock.nanoTime() - cause.told < INTERVAL_NANOS) {
      cause.count++;
      return;
    }
    String text = cause.count == 0 ? reason : reason + " (" + cause.count + " more since)";
    cause.told = clock.nanoTime();
    cause.count = 0;
    LOGGER.log(System.Logger.Level.WARNING, "{0}: {1}: {2}", context.nodeName(), host, text);
    context.publish(event.apply(text));
  }
}
