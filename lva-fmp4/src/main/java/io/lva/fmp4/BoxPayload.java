package io.lva.fmp4;

import io.lva.media.Bytes;
import java.nio.ByteBuffer;

/**
 * The content of one box, read field by field.
 *
 * <p>Not thread-safe.
 */
final class BoxPayload {
  private final int type;
  private final ByteBuffer content;

  BoxPayload(int type, ByteBuffer content) {
    this.type = type;
    this.content = content;
  }

  int type() {
    return type;
  }

  int remaining() {
    return content.remaining();
  }

  int u8() throws Mp4Exception {
    need(1);
    return content.get() & 0xff;
  }

  int u16() throws Mp4Exception {
    need(2);
    return content.getShort() & 0xffff;
  }

  /** Reads 32 bits. */
  int i32() throws Mp4Exception {
    need(4);
    return content.getInt();
  }

  /** Reads an unsigned 32-bit number. */
  long u32() throws Mp4Exception {
    return Integer.toUnsignedLong(i32());
  }

  /** Reads an unsigned 32-bit number that must be less than 2^31. */
  int count() throws Mp4Exception {
    int value = i32();
    if (value < 0) {
      throw new Mp4Exception(name() + " holds the number " + Integer.toUnsignedString(value));
    }
    return value;
  }

  long i64() throws Mp4Exception {
    need(8);
    return content.getLong();
  }

  /** Reads a time or size of 32 or 64 bits; 64-bit ones must stay below 2^62. */
  long unsigned(boolean wide) throws Mp4Exception {
    long value = wide ? i64() : u32();
    if (value < 0 || value >= 1L << 62) {
      throw new Mp4Exception(name() + " holds the number " + Long.toUnsignedString(value));
    }
    return value;
  }

  /** Reads version and flags of a full box; the version is in the highest eight bits. */
  int versionAndFlags() throws Mp4Exception {
    return i32();
  }

  void skip(int count) throws Mp4Exception {
    need(count);
    content.position(content.position() + count);
  }

  Bytes bytes(int count) throws Mp4Exception {
    need(count);
    Bytes bytes = Bytes.copyOf(content.slice(content.position(), count));
    skip(count);
    return bytes;
  }

  /** Reads the remaining bytes. */
  Bytes bytes() throws Mp4Exception {
    return bytes(content.remaining());
  }

  /** Reads the number of entries of a table, and checks that the remaining bytes can hold them. */
  int entries(int entryBytes) throws Mp4Exception {
    long count = u32();
    if (count * entryBytes > content.remaining()) {
      throw new Mp4Exception(name() + " claims " + count + " entries, more than it holds");
    }
    return (int) count;
  }

  /** Returns a cursor over the boxes from here to the end. */
  BoxCursor boxes() {
    return new BoxCursor(content);
  }

  String name() {
    return "'" + BoxType.text(type) + "'";
  }

  private void need(int count) throws Mp4Exception {
    if (content.remaining() < count) {
      throw new Mp4Exception(name() + " is cut short");
    }
  }
}
