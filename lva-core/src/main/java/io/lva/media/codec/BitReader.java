package io.lva.media.codec;

import io.lva.media.Bytes;

/**
 * Reads the bits of a NAL unit, without its emulation prevention bytes (ITU-T H.264 clause 7.3.1).
 *
 * <p>Reading past the end yields zeros and sets {@link #exhausted()} instead of throwing: parameter
 * sets of cameras are often cut short after the fields that matter.
 *
 * <p>Not thread-safe.
 */
public final class BitReader {
  private final Bytes bytes;
  private final boolean emulationPrevention;
  private int next;
  private int zeros;
  private int current;
  private int bitsLeft;
  private boolean exhausted;

  /**
   * Starts at the first bit of a NAL unit's payload.
   *
   * @param bytes a NAL unit, with its emulation prevention bytes
   * @param start index of the first byte to read, after the NAL unit header
   */
  public BitReader(Bytes bytes, int start) {
    this(bytes, start, true);
  }

  /**
   * Starts at the first bit of any byte string.
   *
   * @param bytes the bytes to read
   * @param start index of the first byte to read
   * @param emulationPrevention whether to skip a byte of 3 that follows two zero bytes
   */
  public BitReader(Bytes bytes, int start, boolean emulationPrevention) {
    this.bytes = bytes;
    this.next = start;
    this.emulationPrevention = emulationPrevention;
  }

  /**
   * Returns whether the reader went past the end or met a code that is too long.
   *
   * @return true when some of the bits returned were not there, or a code was too long
   */
  public boolean exhausted() {
    return exhausted;
  }

  /**
   * Reads one bit.
   *
   * @return true for 1
   */
  public boolean flag() {
    if (bitsLeft == 0) {
      load();
    }
    bitsLeft--;
    return (current >> bitsLeft & 1) == 1;
  }

  /**
   * Reads an unsigned number of fixed length, {@code u(n)}.
   *
   * @param count number of bits, 0 to 32
   * @return the number; with 32 bits the highest becomes the sign
   */
  public int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | (flag() ? 1 : 0);
    }
    return value;
  }

  /**
   * Skips bits.
   *
   * @param count number of bits
   */
  public void skip(int count) {
    for (int i = 0; i < count; i++) {
      flag();
    }
  }

  /**
   * Reads an unsigned Exp-Golomb code, {@code ue(v)} (ITU-T H.264 clause 9.1).
   *
   * @return 0 to 2^31 - 2; 0 after the end, and for a longer code, which counts as exhausted
   */
  public int unsignedExpGolomb() {
    int leading = 0;
    while (!exhausted && !flag()) {
      if (++leading > 30) {
        exhausted = true;
      }
    }
    return exhausted ? 0 : (1 << leading) - 1 + bits(leading);
  }

  /**
   * Reads a signed Exp-Golomb code, {@code se(v)} (ITU-T H.264 clause 9.1.1).
   *
   * @return -(2^30 - 1) to 2^30 - 1; 0 after the end, and for a longer code, which counts as
   *     exhausted
   */
  public int signedExpGolomb() {
    int code = unsignedExpGolomb();
    return (code & 1) == 1 ? (code >>> 1) + 1 : -(code >>> 1);
  }

  private void load() {
    bitsLeft = 8;
    if (next >= bytes.size()) {
      exhausted = true;
      current = 0;
      return;
    }
    current = bytes.get(next++);
    if (emulationPrevention && zeros >= 2 && current == 3 && next < bytes.size()) {
      zeros = 0;
      current = bytes.get(next++);
    }
    zeros = current == 0 ? zeros + 1 : 0;
  }
}
