package io.lva.rtp.payload.nal;

import io.lva.media.GapCause;
import io.lva.rtp.payload.AccessUnit.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An access unit under construction. It is cleared for the next one when it is complete or lost.
 *
 * <p>Confined to its media loop.
 */
final class OpenAccessUnit {
  /** How far it has come. */
  private enum Stage {
    /** Only NAL units that precede the first slice have arrived, if any. */
    PREFIX,
    /** At least one slice has arrived. */
    SLICES,
    /** The marker bit was set after a slice. */
    MARKED
  }

  private int timestamp;
  private long nanoTime;
  private long utcNanos;
  private Stage stage = Stage.PREFIX;
  private RandomAccess randomAccess = RandomAccess.NONE;
  private boolean entry;
  private boolean intra;
  private @Nullable GapCause failure;
  private int nalUnits;

  /** Begins the next access unit. */
  void clear() {
    stage = Stage.PREFIX;
    randomAccess = RandomAccess.NONE;
    entry = false;
    intra = false;
    failure = null;
    nalUnits = 0;
  }

  /** Takes the times of a packet; those of the first slice count. */
  void times(int packetTimestamp, long packetNanoTime, long packetUtcNanos) {
    timestamp = packetTimestamp;
    nanoTime = packetNanoTime;
    utcNanos = packetUtcNanos;
  }

  int timestamp() {
    return timestamp;
  }

  long nanoTime() {
    return nanoTime;
  }

  long utcNanos() {
    return utcNanos;
  }

  boolean hasSlice() {
    return stage != Stage.PREFIX;
  }

  boolean isMarked() {
    return stage == Stage.MARKED;
  }

  void slice(boolean sync) {
    stage = Stage.SLICES;
    if (sync) {
      randomAccess = RandomAccess.IDR;
    }
  }

  void mark() {
    stage = Stage.MARKED;
  }

  /** Notes that its first slice refers to no other picture. */
  void intra() {
    intra = true;
  }

  /** Notes a parameter set or message that a decoder may start with. */
  void entry() {
    entry = true;
  }

  /** Notes that decoding recovers over some pictures from here. */
  void gradual() {
    if (randomAccess == RandomAccess.NONE) {
      randomAccess = RandomAccess.RECOVERY_POINT;
    }
  }

  RandomAccess randomAccess() {
    return randomAccess == RandomAccess.NONE && intra && entry
        ? RandomAccess.RECOVERY_POINT
        : randomAccess;
  }

  /** Counts a NAL unit; returns how many there are. */
  int countNalUnit() {
    return ++nalUnits;
  }

  /** Gives up on this access unit; the first cause counts. */
  void fail(GapCause cause) {
    failure = failure == null ? cause : failure;
  }

  @Nullable GapCause failure() {
    return failure;
  }
}
