package io.lva.fmp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The header of a top-level box.
 *
 * <p>Immutable.
 *
 * @param offset index of its first byte in the file
 * @param type its four-character code
 * @param headerBytes 8, or 16 with a 64-bit size
 * @param sizeBytes size of the box in bytes, which may exceed what the file still holds when the
 *     file is cut off; {@link #UNBOUNDED} for a size of 0, "to the end of the file", and when the
 *     file ends within a 64-bit size
 */
record BoxHeader(long offset, int type, int headerBytes, long sizeBytes) {
  static final int MINIMUM_BYTES = 8;
  static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int LARGE_BYTES = 16;

  /** Reads the header at an offset; the file must have at least eight bytes from there on. */
  static BoxHeader read(SourceWindow source, long offset, long fileBytes)
      throws IOException, Mp4Exception {
    ByteBuffer header = source.header(offset, MINIMUM_BYTES);
    long size = Integer.toUnsignedLong(header.getInt(0));
    int type = header.getInt(4);
    if (size == 0) {
      return new BoxHeader(offset, type, MINIMUM_BYTES, UNBOUNDED);
    }
    int headerBytes = MINIMUM_BYTES;
    if (size == 1) {
      headerBytes = LARGE_BYTES;
      size =
          fileBytes - offset < LARGE_BYTES
              ? UNBOUNDED
              : source.header(offset, LARGE_BYTES).getLong(MINIMUM_BYTES);
    }
    if (size < headerBytes) {
      throw new Mp4Exception(
          "box '" + BoxType.text(type) + "' of " + size + " bytes at byte " + offset);
    }
    return new BoxHeader(offset, type, headerBytes, size);
  }

  /** Returns whether the box ends within the file. */
  boolean isWhole(long fileBytes) {
    return sizeBytes <= fileBytes - offset;
  }

  long end() {
    return offset + sizeBytes;
  }

  /**
   * Returns the size in bytes of a box that is read into memory; throws when it exceeds a limit.
   */
  int sizeWithin(int maximumBytes) throws Mp4Exception {
    if (sizeBytes > maximumBytes) {
      throw new Mp4Exception(this + " is larger than " + maximumBytes);
    }
    return (int) sizeBytes;
  }

  @Override
  public String toString() {
    String size = sizeBytes == UNBOUNDED ? "open size" : sizeBytes + " bytes";
    return "'" + BoxType.text(type) + "' of " + size + " at byte " + offset;
  }
}
