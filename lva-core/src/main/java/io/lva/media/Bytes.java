package io.lva.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A short byte string, such as a parameter set or a configuration record.
 *
 * <p>Compared by content. Not for media: samples carry {@link SampleData}.
 *
 * <p>Immutable.
 */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /**
   * Returns the byte string without content.
   *
   * @return a string of zero bytes
   */
  public static Bytes empty() {
    return EMPTY;
  }

  /**
   * Copies an array.
   *
   * @param source any bytes; the caller keeps the array
   * @return the same bytes
   */
  public static Bytes copyOf(byte[] source) {
    return new Bytes(source.clone());
  }

  /**
   * Copies the remaining bytes of a buffer.
   *
   * @param source read from its position to its limit; neither is moved
   * @return the same bytes
   */
  public static Bytes copyOf(ByteBuffer source) {
    byte[] copy = new byte[source.remaining()];
    source.get(source.position(), copy);
    return new Bytes(copy);
  }

  /**
   * Parses pairs of hexadecimal digits.
   *
   * @param hex digits in either case; spaces are skipped
   * @return the bytes they spell
   * @throws IllegalArgumentException when {@code hex} is not made of digit pairs
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /**
   * Returns the number of bytes.
   *
   * @return zero or more
   */
  public int size() {
    return content.length;
  }

  /**
   * Returns one byte.
   *
   * @param index from 0 to {@code size() - 1}
   * @return its value, 0 to 255
   * @throws IndexOutOfBoundsException when there is no such byte
   */
  public int get(int index) {
    return content[index] & 0xff;
  }

  /**
   * Returns a part of this string.
   *
   * @param start index of the first byte
   * @param end index after the last byte
   * @return a copy of that range
   * @throws IndexOutOfBoundsException when the range is not within this string
   */
  public Bytes slice(int start, int end) {
    java.util.Objects.checkFromToIndex(start, end, content.length);
    return new Bytes(Arrays.copyOfRange(content, start, end));
  }

  /**
   * Returns the content as a new array.
   *
   * @return a copy the caller owns
   */
  public byte[] toByteArray() {
    return content.clone();
  }

  /**
   * Returns a read-only view.
   *
   * @return a big-endian buffer over all bytes, positioned at 0
   */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Returns the content as lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
