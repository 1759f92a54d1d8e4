package io.lva.fmp4;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Walks over the boxes in a range of memory.
 *
 * <p>Each box must lie within the range. Reading a payload beyond its end throws an {@link
 * Mp4Exception}.
 *
 * <p>Not thread-safe.
 */
final class BoxCursor {
  private static final int MAXIMUM_BOXES = 65_536;

  private final ByteBuffer range;
  private int type;
  private int start;
  private BoxPayload payload = new BoxPayload(0, ByteBuffer.allocate(0));
  private int boxes;

  BoxCursor(ByteBuffer range) {
    this.range = range.slice();
  }

  /** Moves to the next box; returns false after the last one. */
  boolean next() throws Mp4Exception {
    if (!range.hasRemaining()) {
      return false;
    }
    start = range.position();
    int left = range.remaining();
    if (left < 8) {
      throw new Mp4Exception(left + " bytes where a box is expected");
    }
    if (++boxes > MAXIMUM_BOXES) {
      throw new Mp4Exception("more than " + MAXIMUM_BOXES + " boxes in a box");
    }
    long size = Integer.toUnsignedLong(range.getInt(start));
    type = range.getInt(start + 4);
    int header = 8;
    if (size == 1 && left >= 16) {
      size = range.getLong(start + 8);
      header = 16;
    }
    if (size < header || size > left) {
      throw new Mp4Exception(
          "box '" + BoxType.text(type) + "' claims " + size + " of " + left + " bytes");
    }
    payload = new BoxPayload(type, range.slice(start + header, (int) size - header));
    range.position(start + (int) size);
    return true;
  }

  /** Returns the type of the current box. */
  int type() {
    return type;
  }

  /** Returns where the current box starts, counted from the start of the range. */
  int offset() {
    return start;
  }

  /** Returns the current box as a whole. */
  ByteBuffer box() {
    return range.slice(start, range.position() - start);
  }

  /** Returns the content of the current box. */
  BoxPayload payload() {
    return payload;
  }

  /** Finds the first box of a type among the boxes of a payload. */
  static Optional<BoxPayload> find(BoxPayload parent, int type) throws Mp4Exception {
    BoxCursor cursor = parent.boxes();
    while (cursor.next()) {
      if (cursor.type() == type) {
        return Optional.of(cursor.payload());
      }
    }
    return Optional.empty();
  }

  /** Finds the first box of a type, which must exist. */
  static BoxPayload require(BoxPayload parent, int type) throws Mp4Exception {
    return find(parent, type)
        .orElseThrow(
            () ->
                new Mp4Exception(
                    "'" + BoxType.text(parent.type()) + "' without '" + BoxType.text(type) + "'"));
  }
}
