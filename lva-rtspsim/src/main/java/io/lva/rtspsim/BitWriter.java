package io.lva.rtspsim;

import java.util.Arrays;

/**
 * Writes the bits of an H.264 NAL unit: fields of fixed width, Exp-Golomb codes (ITU-T H.264
 * section 9.1), and at the end the emulation prevention bytes (section 7.4.1).
 *
 * <p>Confined to one thread.
 */
final class BitWriter {
  private byte[] buffer = new byte[4096];
  private int size;
  private int pending;
  private int pendingBits;

  /** Begins a NAL unit. */
  BitWriter reset(int header) {
    size = 0;
    pending = 0;
    pendingBits = 0;
    return bits(header, 8);
  }

  BitWriter bits(int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      pending = pending << 1 | (value >>> i & 1);
      if (++pendingBits == 8) {
        reserve(1);
        buffer[size++] = (byte) pending;
        pending = 0;
        pendingBits = 0;
      }
    }
    return this;
  }

  BitWriter flag(boolean value) {
    return bits(value ? 1 : 0, 1);
  }

  BitWriter unsignedExpGolomb(int value) {
    int code = value + 1;
    int length = 32 - Integer.numberOfLeadingZeros(code);
    bits(0, length - 1);
    return bits(code, length);
  }

  BitWriter signedExpGolomb(int value) {
    return unsignedExpGolomb(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Pads with zero bits to the next byte boundary and appends bytes. */
  BitWriter alignedBytes(byte[] bytes) {
    if (pendingBits > 0) {
      bits(0, 8 - pendingBits);
    }
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    return this;
  }

  /** Ends the NAL unit with its stop bit. */
  byte[] finish() {
    bits(1, 1);
    if (pendingBits > 0) {
      bits(0, 8 - pendingBits);
    }
    return escaped();
  }

  private byte[] escaped() {
    byte[] result = new byte[size + size / 2];
    int length = 0;
    int zeros = 0;
    for (int i = 0; i < size; i++) {
      if (zeros >= 2 && (buffer[i] & 0xff) <= 3) {
        result[length++] = 3;
        zeros = 0;
      }
      zeros = buffer[i] == 0 ? zeros + 1 : 0;
      result[length++] = buffer[i];
    }
    return Arrays.copyOf(result, length);
  }

  private void reserve(int count) {
    if (size + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + count));
    }
  }
}
