package io.lva.rtp;

/**
 * Something that must last before it is believed.
 *
 * <p>Confined to its media loop.
 */
final class Suspicion {
  private static final long NONE = Long.MIN_VALUE;

  private final long confirmNanos;
  private long since = NONE;

  Suspicion(long confirmNanos) {
    this.confirmNanos = confirmNanos;
  }

  /** Notes that the suspicion is still there; returns whether it has lasted long enough. */
  boolean isConfirmed(long nanoTime) {
    since = since == NONE ? nanoTime : since;
    return nanoTime - since >= confirmNanos;
  }

  /** Drops the suspicion. */
  void clear() {
    since = NONE;
  }
}
