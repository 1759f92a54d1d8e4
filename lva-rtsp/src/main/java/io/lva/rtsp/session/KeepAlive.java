package io.lva.rtsp.session;

import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.SessionHeader;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides when and how to tell the camera that somebody is there. Nothing depends on its answers.
 *
 * <p>Confined to its media loop.
 */
final class KeepAlive {
  private static final int DEFAULT_TIMEOUT_SECONDS = 60;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Deviations deviations;
  private String method = "OPTIONS";
  private long intervalNanos = DEFAULT_TIMEOUT_SECONDS * SECOND_NANOS / 2;
  private long nextNanos;
  private boolean unanswered;

  KeepAlive(Deviations deviations) {
    this.deviations = deviations;
  }

  /** Learns from the {@code Public} field what the camera offers. */
  void offered(RtspResponse response) {
    String methods = String.join(",", response.headers().all("Public"));
    boolean offersParameter = methods.toUpperCase(Locale.ROOT).contains("GET_PARAMETER");
    method = offersParameter ? "GET_PARAMETER" : "OPTIONS";
  }

  /** Begins with the session's time-out: none and 0 stand for 60 s, a half of it is waited. */
  void begin(Optional<SessionHeader> session, long nanoTime) {
    int timeoutSeconds =
        session.map(SessionHeader::timeoutSeconds).map(value -> value.orElse(0)).orElse(0);
    int effective = timeoutSeconds == 0 ? DEFAULT_TIMEOUT_SECONDS : timeoutSeconds;
    intervalNanos = Math.max(1, effective) * SECOND_NANOS / 2;
    nextNanos = nanoTime + intervalNanos;
  }

  /** Returns the method to send now, if it is time. */
  Optional<String> due(long nanoTime) {
    if (nanoTime - nextNanos < 0) {
      return Optional.empty();
    }
    if (unanswered) {
      deviations.accept("keep-alive not answered");
    }
    nextNanos = nanoTime + intervalNanos;
    unanswered = true;
    return Optional.of(method);
  }

  /** Takes the answer; a camera that refuses GET_PARAMETER gets OPTIONS from now on. */
  void answered(RtspResponse response) {
    unanswered = false;
    if (response.status() >= 400 && response.status() != 401) {
      deviations.accept("keep-alive " + method + " answered with " + response.status());
      method = "OPTIONS";
    }
  }
}
