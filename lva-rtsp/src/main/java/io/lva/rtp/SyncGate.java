package io.lva.rtp;

import io.lva.rtp.payload.AccessUnit;

/**
 * Lets samples pass from one at which decoding can start, up to the next hole.
 *
 * <p>That is an IDR picture. A camera that sends none for {@value #PATIENCE_SECONDS} s of media
 * from the start, or for {@value #LONG_PATIENCE_SECONDS} s after one, gets recovery points and
 * intra pictures with parameter sets in front taken for one, until its next IDR picture: encoders
 * with periodic intra refresh send a single IDR picture, or none to a client that comes later.
 *
 * <p>Confined to its media loop.
 */
final class SyncGate {
  /** Seconds of media without any IDR picture until recovery points are good enough. */
  static final int PATIENCE_SECONDS = 10;

  /** The same after an IDR picture: distances of a minute are in use. */
  static final int LONG_PATIENCE_SECONDS = 61;

  private boolean waiting = true;
  private boolean idrSeen;
  private boolean begun;
  private long begin;

  /**
   * Decides whether an access unit passes.
   *
   * @param randomAccess what the depacketizer found
   * @param ticks its time
   * @param clockRate ticks per second
   * @return whether decoding can start here
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
   * Asks whether a sample may pass.
   *
   * @param sync whether decoding can start at it
   * @return true for that one and all after it
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
