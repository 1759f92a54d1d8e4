package io.lva.playback.http;

import io.lva.spi.Metrics;

/**
 * Counts what a server answers.
 *
 * <p>Thread-safe.
 */
final class HttpMetrics {
  /** Gauge: open connections of clients. */
  static final String CONNECTIONS = "lva.http.connections";

  /**
   * Counter: requests by {@code status}, which is the class of the answer's status, such as {@code
   * 2xx}, or {@code unanswered} where the connection or the server was closed first.
   */
  private static final String REQUESTS = "lva.http.requests";

  /** Counter: bytes of bodies that were sent. */
  private static final String SENT_BYTES = "lva.http.sent.bytes";

  private static final int FIRST_CLASS = 2;
  private static final int LAST_CLASS = 5;

  private final Metrics.Counter[] answered = new Metrics.Counter[LAST_CLASS + 1];
  private final Metrics.Counter unanswered;
  private final Metrics.Counter sent;

  HttpMetrics(Metrics metrics) {
    for (int i = FIRST_CLASS; i <= LAST_CLASS; i++) {
      answered[i] = metrics.counter(REQUESTS, "status", i + "xx");
    }
    this.unanswered = metrics.counter(REQUESTS, "status", "unanswered");
    this.sent = metrics.counter(SENT_BYTES);
  }

  void answered(int status) {
    answered[Math.max(FIRST_CLASS, Math.min(status / 100, LAST_CLASS))].add(1);
  }

  void unanswered() {
    unanswered.add(1);
  }

  void sent(int bytes) {
    sent.add(bytes);
  }
}
