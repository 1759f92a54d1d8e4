package io.lva.extension;

/**
 * Decides which pictures are sent.
 *
 * <p>Confined to its media loop.
 */
final class Sampling {
  private final long periodNanos;
  private final boolean annotatedOnly;
  private long due = Long.MIN_VALUE;

  /**
   * Creates a rule.
   *
   * @param perSecond maximum number of pictures per second; 0 for all
   * @param annotatedOnly whether to send only pictures in which an upstream node found something
   * @throws IllegalArgumentException when the rate is negative
   */
  Sampling(double perSecond, boolean annotatedOnly) {
    if (perSecond < 0) {
      throw new IllegalArgumentException(
          "samplingOptions.maximumSamplesPerSecond is " + perSecond + "; it must not be negative");
    }
    periodNanos = perSecond == 0 ? 0 : (long) (1_000_000_000L / perSecond);
    this.annotatedOnly = annotatedOnly;
  }

  /** Returns whether a picture should be sent. */
  boolean wants(long utcNanos, boolean annotated) {
    if (annotatedOnly && !annotated) {
      return false;
    }
    // A tenth early is jitter; time that steps back starts over.
    return due == Long.MIN_VALUE
        || utcNanos >= due - periodNanos / 10
        || utcNanos < due - 2 * periodNanos;
  }

  /** Notes that a picture is sent. */
  void sent(long utcNanos) {
    boolean late = due == Long.MIN_VALUE || Math.abs(utcNanos - due) > periodNanos;
    due = (late ? utcNanos : due) + periodNanos;
  }
}
