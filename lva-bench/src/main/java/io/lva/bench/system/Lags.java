package io.lva.bench.system;

import java.util.ArrayList;
import java.util.List;

/**
 * How long frames took from the camera to where they were seen.
 *
 * <p>Thread-safe.
 */
final class Lags {
  private final List<Double> seconds = new ArrayList<>();
  private long sinceNanos = Long.MAX_VALUE;

  /** Begins to count, with frames that are sent from now on. */
  synchronized void begin() {
    sinceNanos = System.nanoTime();
  }

  /** Notes a frame. */
  synchronized void seen(FrameStamp stamp, long nanoTime) {
    if (stamp.sentNanos() >= sinceNanos) {
      seconds.add((nanoTime - stamp.sentNanos()) / 1e9);
    }
  }

  synchronized Quantiles quantiles() {
    return Quantiles.of(seconds);
  }
}
