package io.lva.rtp;

/**
 * Lets samples pass from one that decoding can start at, up to the next hole.
 *
 * <p>That is an IDR picture. A camera that sends none for {@value #PATIENCE_SECONDS} s of media
 * from the start of the session gets intra pictures with a recovery point, or with parameter sets
 * in front, taken for one, until its first IDR picture.
 *
 * <p>Confined to its media loop.
 */
final class SyncGate {
  /** Seconds of media without any IDR picture until recovery points are good enough. */
  static final int PATIENCE_SECONDS = 10;

  private boolean waiting = true;
  private boolean idrSeen;
  private boolean begun;
  private long begin;
  private boolean patient = true;

  /**
   * Judges an access unit.
   *
   * @param randomAccess what the depacketizer found
   * @param ticks its time
   * @param clockRate ticks a second
   * @return whether decoding can start here
   */
  boolean isSync(AccessUnit.RandomAccess randomAccess, long ticks, int clockRate) {
    if (!begun) {
      begun = true;
      begin = ticks;
    }
    idrSeen |= randomAccess == AccessUnit.RandomAccess.IDR;
    patient &= ticks - begin < (long) PATIENCE_SECONDS * clockRate;
    return switch (randomAccess) {
      case IDR -> true;
      case RECOVERY_POINT -> !idrSeen && !patient;
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

  /** Begins another line of time. */
  void newLine() {
    waiting = true;
    begun = false;
  }
}
