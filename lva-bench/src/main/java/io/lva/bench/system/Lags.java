package io.lva.bench.system;

import java.util.ArrayList;
import java.util.List;

/**
 * The delays of frames from the camera to the place where they are observed.
 *
 * <p>Thread-safe.
 */
final class Lags {
  private final List<Double> seconds = new ArrayList<>();
  private long sinceNanos = Long.MAX_VALUE;

  /** Starts over, counting only frames that are sent from now on. */
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
