package io.lva.rtsp.session;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.SessionHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when and how to show the camera that its client is still there.
 *
 * <p>A method that is refused is not used again; when a method is ignored, the next one is sent
 * well before the session would expire. When the camera accepts no method, the receiver reports of
 * the session are the only sign of life.
 *
 * <p>Confined to its media loop.
 */
final class KeepAlive {
  private static final int DEFAULT_TIMEOUT_SECONDS = 60;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long LONGEST_PATIENCE_NANOS = 5 * SECOND_NANOS;

  private final Deviations deviations;
  private final Deque<String> methods = new ArrayDeque<>(List.of("OPTIONS", "GET_PARAMETER"));
  private @Nullable String unanswered;
  private int ignored;
  private long intervalNanos = DEFAULT_TIMEOUT_SECONDS * SECOND_NANOS / 2;
  private long nextNanos;

  KeepAlive(Deviations deviations) {
    this.deviations = deviations;
  }

  /** Learns from the {@code Public} field what the camera offers. */
  void offered(RtspResponse response) {
    String offer = String.join(",", response.headers().all("Public")).toUpperCase(Locale.ROOT);
    if (offer.contains("GET_PARAMETER")) {
      methods.remove("GET_PARAMETER");
      methods.addFirst("GET_PARAMETER");
    }
  }

  /**
   * Begins to send a request whenever half of the session's time-out has passed; a time-out that is
   * 0 or missing counts as 60 s.
   */
  void begin(Optional<SessionHeader> session, long nanoTime) {
    int timeoutSeconds =
        session.map(SessionHeader::timeoutSeconds).map(value -> value.orElse(0)).orElse(0);
    int effective = timeoutSeconds == 0 ? DEFAULT_TIMEOUT_SECONDS : timeoutSeconds;
    intervalNanos = Math.max(1, effective) * SECOND_NANOS / 2;
    nextNanos = nanoTime + intervalNanos;
  }

  /** Returns the method to send now, if it is time. */
  Optional<String> due(long nanoTime) {
    if (nanoTime - nextNanos < 0 || methods.isEmpty()) {
      return Optional.empty();
    }
    if (unanswered != null) {
      deviations.note(Deviation.KEEP_ALIVE_NOT_ANSWERED, unanswered);
      methods.remove(unanswered);
      methods.addLast(unanswered);
      ignored++;
    }
    unanswered = methods.getFirst();
    // After the last method it is the turn of the first one again, at leisure.
    boolean othersLeft = ignored % methods.size() < methods.size() - 1;
    nextNanos =
        nanoTime
            + (othersLeft ? Math.min(LONGEST_PATIENCE_NANOS, intervalNanos / 4) : intervalNanos);
    return Optional.of(unanswered);
  }

  /** Takes the response to a request whose method came from {@link #due}. */
  void answered(String method, RtspResponse response, long nanoTime) {
    if (method.equals(unanswered)) {
      unanswered = null;
    }
    if (response.status() >= 400 && response.status() != 401) {
      deviations.note(Deviation.KEEP_ALIVE_REFUSED, method + ", status {0}", response.status());
      methods.remove(method);
      nextNanos = nanoTime;
    } else {
      ignored = 0;
      nextNanos = nanoTime + intervalNanos;
    }
  }
}
