package io.lva.rtsp.session;

import io.lva.graph.Transport;
import java.util.List;

/**
 * The transports to try for one camera. The transport that works is kept for later connections as
 * well, so that the wait for a filtered port happens only once.
 *
 * <p>Confined to its media loop.
 */
final class TransportPlan {
  private final List<Transport> ways;
  private int current;
  private int failed;

  TransportPlan(Transport wanted) {
    this.ways =
        switch (wanted) {
          case TCP, HTTP -> List.of(wanted);
          case UDP, MULTICAST -> List.of(wanted, Transport.TCP);
          case AUTO -> List.of(Transport.TCP, Transport.UDP);
        };
  }

  Transport current() {
    return ways.get(current);
  }

  /** Begins an attempt: each transport may be tried once. */
  void begin() {
    failed = 0;
  }

  /** Moves on to the next transport; returns false when all have been tried in this attempt. */
  boolean next() {
    failed++;
    current = (current + 1) % ways.size();
    return failed < ways.size();
  }
}
