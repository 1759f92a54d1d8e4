package io.lva.rtp;

import io.lva.rtp.payload.AccessUnit;

/**
 * Lets samples pass from the first one at which decoding can start up to the next hole.
 *
 * <p>Decoding can start at an IDR picture. When a camera sends none for {@value #PATIENCE_SECONDS}
 * s of media from the start, or for {@value #LONG_PATIENCE_SECONDS} s after the last one, recovery
 * points and intra pictures with parameter sets in front count as well, until its next IDR picture.
 * Encoders with periodic intra refresh send a single IDR picture, or none to a client that comes
 * later.
 *
 * <p>Confined to its media loop.
 */
final class SyncGate {
  /** Seconds of media without any IDR picture after which recovery points are good enough. */
  static final int PATIENCE_SECONDS = 10;

  /** The same after an IDR picture: some cameras send one only every minute. */
  static final int LONG_PATIENCE_SECONDS = 61;

  private boolean waiting = true;
  private boolean idrSeen;
  private boolean begun;
  private long begin;

  /**
   * Decides whether decoding can start at an access unit.
   *
   * @param randomAccess what the depacketizer found
   * @param ticks its time
   * @param clockRate ticks per second
   * @return true for an IDR picture, and for a recovery point when no IDR pictures come
   */
  boolean isSync(AccessUnit.RandomAccess randomAccess, long ticks, int clockRate) {
    boolean idr = randomAccess == AccessUnit.RandomAccess.IDR;
    if (!begun || idr) {
      begun = true;
      begin = ticks;
      idrSeen |= idr;
    }
    long patienceSeconds = idrSeen ? LONG_PATIENCE_SECONDS : PATIENCE_SECONDS;
    return switch (randomAccess) {
      case IDR -> true;
      case RECOVERY_POINT -> ticks - begin >= patienceSeconds * clockRate;
      case NONE -> false;
    };
  }

  /**
   * Returns whether a sample may pass.
   *
   * @param sync whether decoding can start at it
   * @return true from the first sample with {@code sync} on, until the gate is closed
   */
  boolean pass(boolean sync) {
    waiting &= !sync;
    return !waiting;
  }

  /** Closes the gate: something is missing. */
  void close() {
    waiting = true;
  }

  /** Begins another time line. */
  void newLine() {
    waiting = true;
    begun = false;
    idrSeen = false;
  }
}
