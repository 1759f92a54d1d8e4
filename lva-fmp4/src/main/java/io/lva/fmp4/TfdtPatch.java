package io.lva.fmp4;

import java.nio.ByteBuffer;

/**
 * Finds and rewrites the time of a part in place: {@code tfdt.baseMediaDecodeTime}.
 *
 * <p>Times in a file count from zero, those in served media from the Unix epoch. Only eight bytes
 * of each {@code moof} differ. The first {@link #PREFIX_BYTES} bytes of a part are enough if this
 * library wrote it; for another writer's part, the whole {@code moof} may be needed.
 *
 * <p>Thread-safe: there is no state.
 */
public final class TfdtPatch {
  /** The length of the prefix that includes the time, in a part that {@link PartWriter} wrote. */
  public static final int PREFIX_BYTES = 72;

  private TfdtPatch() {}

  /**
   * Finds the 64-bit time in a {@code moof}.
   *
   * @param moof the first bytes of a part at its position, big endian; the position is not moved
   * @return bytes from the position to the time
   * @throws Mp4Exception when it is not a {@code moof}, or its time is not of version 1 or lies
   *     beyond the given bytes
   */
  public static int locate(ByteBuffer moof) throws Mp4Exception {
    int start = moof.position();
    int limit = boxEnd(moof, start, moof.limit(), BoxType.MOOF);
    int traf = find(moof, start + 8, limit, BoxType.TRAF);
    int tfdt = find(moof, traf + 8, boxEnd(moof, traf, limit, BoxType.TRAF), BoxType.TFDT);
    if (limit - tfdt < 20) {
      throw new Mp4Exception("'tfdt' is cut short");
    }
    if (moof.get(tfdt + 8) != 1) {
      throw new Mp4Exception("'tfdt' of version " + moof.get(tfdt + 8) + " has no 64 bits");
    }
    return tfdt + 12 - start;
  }

  /**
   * Reads the time of a part.
   *
   * @param moof the first bytes of a part at its position, big endian; the position is not moved
   * @return ticks of the track
   * @throws Mp4Exception as {@link #locate}
   */
  public static long read(ByteBuffer moof) throws Mp4Exception {
    return moof.getLong(moof.position() + locate(moof));
  }

  /**
   * Moves the time of a part.
   *
   * @param moof the first bytes of a part at its position, big endian; the position is not moved
   * @param baseTicks added to the time, ticks of the track
   * @throws Mp4Exception as {@link #locate}, or when the sum is negative or does not fit in 63 bits
   */
  public static void add(ByteBuffer moof, long baseTicks) throws Mp4Exception {
    int index = moof.position() + locate(moof);
    long time = moof.getLong(index);
    long moved = time + baseTicks;
    if (time < 0 || moved < 0) {
      throw new Mp4Exception("'tfdt' " + time + " cannot move by " + baseTicks);
    }
    moof.putLong(index, moved);
  }

  private static int find(ByteBuffer bytes, int from, int limit, int type) throws Mp4Exception {
    int at = from;
    while (limit - at >= 8) {
      if (bytes.getInt(at + 4) == type) {
        return at;
      }
      long size = Integer.toUnsignedLong(bytes.getInt(at));
      if (size < 8 || size > limit - at) {
        break;
      }
      at += (int) size;
    }
    throw new Mp4Exception("no '" + BoxType.text(type) + "' in the given bytes of a 'moof'");
  }

  /** Returns the end of a box, or the limit when it extends beyond the given bytes. */
  private static int boxEnd(ByteBuffer bytes, int at, int limit, int type) throws Mp4Exception {
    if (limit - at < 8 || bytes.getInt(at + 4) != type) {
      throw new Mp4Exception("no '" + BoxType.text(type) + "' box");
    }
    long size = Integer.toUnsignedLong(bytes.getInt(at));
    if (size < 8) {
      throw new Mp4Exception("'" + BoxType.text(type) + "' of " + size + " bytes");
    }
    return (int) Math.min(limit, at + size);
  }
}
