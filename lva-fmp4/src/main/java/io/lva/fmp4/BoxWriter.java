package io.lva.fmp4;

import io.lva.media.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes nested boxes into growing memory: for headers that are built once per file, not for parts.
 *
 * <p>Not thread-safe.
 */
final class BoxWriter {
  private ByteBuffer buffer = ByteBuffer.allocate(1024);

  /** Writes a box (ISO/IEC 14496-12 clause 4.2); its size is filled in after its content. */
  void box(int type, Runnable content) {
    int start = buffer.position();
    u32(0);
    u32(type);
    content.run();
    buffer.putInt(start, buffer.position() - start);
  }

  /** Writes a box with version and flags. */
  void fullBox(int type, int version, int flags, Runnable content) {
    box(
        type,
        () -> {
          u32(version << 24 | flags);
          content.run();
        });
  }

  void u8(int value) {
    room(1).put((byte) value);
  }

  void u16(int value) {
    room(2).putShort((short) value);
  }

  void u32(int value) {
    room(4).putInt(value);
  }

  void u64(long value) {
    room(8).putLong(value);
  }

  void zeros(int count) {
    room(count).put(new byte[count]);
  }

  void bytes(Bytes bytes) {
    room(bytes.size()).put(bytes.asByteBuffer());
  }

  void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    room(encoded.length).put(encoded);
  }

  /** Writes the unity matrix of mvhd and tkhd. */
  void matrix() {
    u32(0x10000);
    zeros(12);
    u32(0x10000);
    zeros(12);
    u32(0x40000000);
  }

  int size() {
    return buffer.position();
  }

  Bytes toBytes() {
    return Bytes.copyOf(buffer.slice(0, buffer.position()));
  }

  private ByteBuffer room(int count) {
    if (buffer.remaining() < count) {
      int capacity = Math.max(Math.addExact(buffer.position(), count), buffer.capacity() * 2);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }
}
