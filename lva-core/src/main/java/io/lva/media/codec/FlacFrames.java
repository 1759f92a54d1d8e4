package io.lva.media.codec;

import java.nio.ByteBuffer;

/**
 * Writes audio whose samples are independent of each other, G.711 and linear, as frames of FLAC
 * (RFC 9639), without loss.
 *
 * <p>The samples are verbatim, less the low bits that G.711 does not use: the size of a frame
 * follows from the number of its samples, so that a file can be laid out before it is converted.
 *
 * <p>Immutable.
 */
public final class FlacFrames {
  /** The largest number of samples of each channel in one frame. */
  public static final int LONGEST_BLOCK = 65_535;

  /** Sample numbers are written modulo this: they may have 36 bits, but FFmpeg reads only 31. */
  private static final long NUMBERS = 1L << 31;

  private static final int FIXED_HEADER_BYTES = 4;
  private static final int BLOCK_SIZE_BYTES = 2;
  private static final int HEADER_CHECK_BYTES = 1;
  private static final int FRAME_CHECK_BYTES = 2;

  /** The sync code, with the bit that says that blocks differ in length. */
  private static final int SYNC_VARIABLE = 0xfff9;

  /** The block size follows in 16 bits; the rate is that of the stream. */
  private static final int SIZE_FOLLOWS = 0x70;

  private static final int BITS_16 = 0x08;
  private static final int VERBATIM = 0x02;
  private static final int CONSTANT = 0x00;
  private static final int WITH_UNUSED_BITS = 0x01;

  private final PcmParameters source;
  private final int unusedBits;

  /**
   * Creates a writer.
   *
   * @param source the audio to convert, with at most 8 channels
   * @throws IllegalArgumentException when FLAC has no such rate or number of channels
   */
  public FlacFrames(PcmParameters source) {
    this.source = source;
    this.unusedBits =
        switch (source.encoding()) {
          case MU_LAW -> 2;
          case A_LAW -> 3;
          case LINEAR_16 -> 0;
        };
    parameters();
  }

  /**
   * Returns the parameters of a track of these frames.
   *
   * @return parameters with the rate and the channels of the source
   */
  public FlacParameters parameters() {
    return new FlacParameters(source.sampleRate(), source.channels());
  }

  /**
   * Returns how many samples of each channel the given number of source bytes holds.
   *
   * @param sourceBytes number of bytes
   * @return number of samples; an incomplete one at the end does not count
   */
  public int samples(int sourceBytes) {
    return sourceBytes / (source.encoding().bytes() * source.channels());
  }

  /**
   * Returns the size of a frame as {@link #write} writes it.
   *
   * @param samples of each channel, 1 to {@link #LONGEST_BLOCK}
   * @param number of the first sample in the stream, zero or more
   * @return bytes
   */
  public int frameBytes(int samples, long number) {
    int perChannel = subframeHeaderBits() + samples * (FlacParameters.SAMPLE_BITS - unusedBits);
    return headerBytes(number) + (source.channels() * perChannel + 7) / 8 + FRAME_CHECK_BYTES;
  }

  /**
   * Writes a frame.
   *
   * @param audio samples of the source, from position to limit; the position is not moved
   * @param number of the first sample in the stream, zero or more
   * @param target receives {@link #frameBytes} bytes at its position, which advances; big endian,
   *     backed by an array
   * @throws IllegalArgumentException when there is no sample, or more than {@link #LONGEST_BLOCK}
   * @throws java.nio.BufferOverflowException when the target is too small
   */
  public void write(ByteBuffer audio, long number, ByteBuffer target) {
    int samples = samples(audio.remaining());
    int start = header(samples, number, target);
    HeaderBits bits = new HeaderBits(target);
    for (int channel = 0; channel < source.channels(); channel++) {
      bits.write(VERBATIM | (unusedBits > 0 ? WITH_UNUSED_BITS : 0), 8);
      if (unusedBits > 0) {
        bits.write(1, unusedBits);
      }
      for (int i = 0; i < samples; i++) {
        bits.write(
            sample(audio, i * source.channels() + channel) >> unusedBits,
            FlacParameters.SAMPLE_BITS - unusedBits);
      }
    }
    bits.flush();
    check(target, start);
  }

  /**
   * Writes a frame of silence, which takes a few bytes whatever its length.
   *
   * @param samples of each channel, 1 to {@link #LONGEST_BLOCK}
   * @param number of the first sample in the stream, zero or more
   * @param target receives the frame at its position, which advances; big endian, backed by an
   *     array
   * @throws IllegalArgumentException when the number of samples is out of range
   * @throws java.nio.BufferOverflowException when the target is too small
   */
  public void writeSilence(int samples, long number, ByteBuffer target) {
    int start = header(samples, number, target);
    for (int channel = 0; channel < source.channels(); channel++) {
      target.put((byte) CONSTANT).putShort((short) 0);
    }
    check(target, start);
  }

  /** Writes the header of a frame and returns where it starts. */
  private int header(int samples, long number, ByteBuffer target) {
    if (samples < 1 || samples > LONGEST_BLOCK) {
      throw new IllegalArgumentException("a FLAC frame of " + samples + " samples");
    }
    int start = target.position();
    target.putShort((short) SYNC_VARIABLE).put((byte) SIZE_FOLLOWS);
    target.put((byte) (((source.channels() - 1) << 4) | BITS_16));
    coded(number % NUMBERS, target);
    target.putShort((short) (samples - 1));
    target.put(
        (byte)
            headerCheck(
                target.array(),
                target.arrayOffset() + start,
                target.arrayOffset() + target.position()));
    return start;
  }

  private static int headerBytes(long number) {
    return FIXED_HEADER_BYTES
        + codedBytes(number % NUMBERS)
        + BLOCK_SIZE_BYTES
        + HEADER_CHECK_BYTES;
  }

  private int subframeHeaderBits() {
    return 8 + unusedBits;
  }

  /** Returns how many bytes a number takes in the original UTF-8 encoding: one to six. */
  private static int codedBytes(long number) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(number);
    return bits <= 7 ? 1 : (bits + 3) / 5;
  }

  private static void coded(long number, ByteBuffer target) {
    int count = codedBytes(number);
    if (count == 1) {
      target.put((byte) number);
      return;
    }
    int mark = (0xff00 >> count) & 0xff;
    target.put((byte) (mark | (number >> (6 * (count - 1)))));
    for (int i = count - 2; i >= 0; i--) {
      target.put((byte) (0x80 | ((number >> (6 * i)) & 0x3f)));
    }
  }

  private int sample(ByteBuffer audio, int index) {
    int at = audio.position() + index * source.encoding().bytes();
    return switch (source.encoding()) {
      case MU_LAW -> ofMuLaw(audio.get(at));
      case A_LAW -> ofALaw(audio.get(at));
      case LINEAR_16 -> (short) (((audio.get(at) & 0xff) << 8) | (audio.get(at + 1) & 0xff));
    };
  }

  /** Expands µ-law (ITU-T G.711 table 2) to 16 bits. */
  static int ofMuLaw(byte coded) {
    int bits = ~coded & 0xff;
    int magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7);
    return (bits & 0x80) != 0 ? 0x84 - magnitude : magnitude - 0x84;
  }

  /** Expands A-law (ITU-T G.711 table 1) to 16 bits. */
  static int ofALaw(byte coded) {
    int bits = (coded ^ 0x55) & 0xff;
    int segment = (bits >> 4) & 7;
    int magnitude = ((bits & 0x0f) << 4) + (segment == 0 ? 8 : 0x108);
    int shifted = segment > 1 ? magnitude << (segment - 1) : magnitude;
    return (bits & 0x80) != 0 ? shifted : -shifted;
  }

  /** Appends the checksum of the frame, polynomial x^16 + x^15 + x^2 + 1. */
  private static void check(ByteBuffer target, int start) {
    byte[] bytes = target.array();
    int crc = 0;
    for (int i = target.arrayOffset() + start; i < target.arrayOffset() + target.position(); i++) {
      crc ^= (bytes[i] & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x8005 : crc << 1;
      }
    }
    target.putShort((short) crc);
  }

  /** Returns the checksum of a header, polynomial x^8 + x^2 + x + 1. */
  private static int headerCheck(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) != 0 ? (crc << 1) ^ 0x07 : crc << 1;
      }
    }
    return crc;
  }

  /** Writes bits, the highest first. */
  private static final class HeaderBits {
    private final ByteBuffer target;
    private int held;
    private int count;

    HeaderBits(ByteBuffer target) {
      this.target = target;
    }

    void write(int value, int bits) {
      held = (held << bits) | (value & ((1 << bits) - 1));
      count += bits;
      while (count >= 8) {
        count -= 8;
        target.put((byte) (held >> count));
      }
    }

    void flush() {
      if (count > 0) {
        write(0, 8 - count);
      }
    }
  }
}
