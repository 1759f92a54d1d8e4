package io.lva.processor.motion;

/**
 * A budget of bytes per second of media time: what is not used is saved for a few seconds, and one
 * picture may overdraw it, so that large pictures come less often instead of never.
 *
 * <p>Confined to its media loop.
 */
final class ByteBudget {
  private static final int SAVED_SECONDS = 4;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private long balance;
  private long lastNanos = Long.MIN_VALUE;

  ByteBudget(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Returns whether a picture may be decoded; if so, its bytes are taken from the budget. */
  boolean spend(long utcNanos, long bytes) {
    long most = bytesPerSecond * SAVED_SECONDS;
    if (lastNanos == Long.MIN_VALUE) {
      balance = most;
    } else {
      // Time that steps back or far ahead gives what can be saved at most.
      double seconds =
          Math.max(0, Math.min(SAVED_SECONDS * 2.0, (utcNanos - lastNanos) / NANOS_PER_SECOND));
      balance = Math.min(most, balance + (long) (seconds * bytesPerSecond));
    }
    lastNanos = utcNanos;
    if (balance < 0) {
      return false;
    }
    balance -= bytes;
    return true;
  }
}
