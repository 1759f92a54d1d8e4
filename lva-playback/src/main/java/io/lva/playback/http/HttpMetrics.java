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

  /** Counter: answers by {@code status}, the first digit of the HTTP status: {@code 2xx}. */
  private static final String REQUESTS = "lva.http.requests";

  /** Counter: bytes of bodies that were sent. */
  private static final String SENT_BYTES = "lva.http.sent.bytes";

  private static final int CLASSES = 6;

  private final Metrics.Counter[] requests = new Metrics.Counter[CLASSES];
  private final Metrics.Counter sent;

  HttpMetrics(Metrics metrics) {
    for (int i = 0; i < CLASSES; i++) {
      requests[i] = metrics.counter(REQUESTS, "status", i + "xx");
    }
    this.sent = metrics.counter(SENT_BYTES);
  }

  void answered(int status) {
    requests[Math.min(status / 100, CLASSES - 1)].add(1);
  }

  void sent(int bytes) {
    sent.add(bytes);
  }
}
