package io.lva.rtsp.session;

import io.lva.rtsp.RtspFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches whether the media of a session arrives, and when it ends.
 *
 * <p>Confined to its media loop.
 */
final class MediaWatch {
  /**
   * How long a goodbye must be followed by silence before it is believed; some are sent too early.
   */
  private static final long GOODBYE_NANOS = 1_000_000_000L;

  private final Duration firstMediaTimeout;
  private final Duration mediaTimeout;
  private State state = State.SILENT;
  private long lastNanos;

  private enum State {
    /** No packet has arrived yet. */
    SILENT,
    /** Packets arrive. */
    FLOWING,
    /** The sender said goodbye after the last packet. */
    LEAVING,
    /** The sender said goodbye before any packet. */
    LEAVING_SILENT
  }

  /**
   * Creates a watch of a session that does not play yet.
   *
   * @param firstMediaTimeout how long to wait for the first packet
   * @param mediaTimeout how long to wait for the next one
   */
  MediaWatch(Duration firstMediaTimeout, Duration mediaTimeout) {
    this.firstMediaTimeout = firstMediaTimeout;
    this.mediaTimeout = mediaTimeout;
  }

  /**
   * Starts the wait anew because the session plays, or because reading was suspended on this side.
   */
  void restart(long nowNanos) {
    lastNanos = nowNanos;
  }

  /** Notes that a packet of the master track has arrived. */
  void media(long nowNanos) {
    lastNanos = nowNanos;
    state = State.FLOWING;
  }

  /** Notes that the sender of the master track said goodbye. */
  void goodbye() {
    state = seen() ? State.LEAVING : State.LEAVING_SILENT;
  }

  /** Returns whether any packet of the master track has arrived. */
  boolean seen() {
    return state == State.FLOWING || state == State.LEAVING;
  }

  /** Returns why the session is over; empty while it goes on. */
  Optional<RtspFailure> failure(long nowNanos, SessionFailures failures) {
    long silentNanos = nowNanos - lastNanos;
    boolean leaving = state == State.LEAVING || state == State.LEAVING_SILENT;
    if (leaving && silentNanos >= GOODBYE_NANOS) {
      return Optional.of(failures.streamEnded());
    }
    Duration patience = seen() ? mediaTimeout : firstMediaTimeout;
    if (silentNanos < patience.toNanos()) {
      return Optional.empty();
    }
    return Optional.of(seen() ? failures.noMedia(patience) : failures.noMediaEver(patience));
  }
}
