package io.lva.fmp4;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the header of a part: one {@code moof} and the header of its {@code mdat}.
 *
 * <pre>
 * moof
 *   mfhd  sequence_number
 *   traf
 *     tfhd  default-base-is-moof, sample_description_index 1
 *     tfdt  version 1: 64-bit baseMediaDecodeTime
 *     trun  version 1: data_offset, then of each sample duration, size, flags and signed offset
 * mdat
 * </pre>
 *
 * <p>The media itself is not touched: the caller writes it after the header, so that header and
 * slabs go out in one gathering write. Writing takes one pass and allocates nothing; the size of
 * the header depends only on the number of samples. ISO/IEC 14496-12 clause 8.8; the explicit
 * sample description index and version 1 of {@code trun} are what CMAF asks for (ISO/IEC 23000-19
 * clause 7.5).
 *
 * <p>Thread-safe: there is no state.
 */
public final class PartWriter {
  static final int SAMPLE_BYTES = 16;
  static final int MOOF_BYTES = 92;
  static final int MDAT_HEADER_BYTES = 8;

  /**
   * The size of the largest header in bytes, for which the media must leave room within 31-bit
   * offsets.
   */
  static final int RESERVED =
      MOOF_BYTES + MDAT_HEADER_BYTES + SAMPLE_BYTES * PartSamples.MAXIMUM_COUNT;

  private static final int MFHD_BYTES = 16;
  private static final int TFHD_BYTES = 20;
  private static final int TFDT_BYTES = 20;
  private static final int TRUN_BYTES = 20;
  private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;
  private static final int SAMPLE_DESCRIPTION_INDEX = 0x00_0002;
  private static final int TRUN_VERSION_AND_FLAGS = 0x0100_0f01;
  private static final int TFDT_VERSION_AND_FLAGS = 0x0100_0000;

  private PartWriter() {}

  /**
   * Returns the size of a part's header.
   *
   * @param sampleCount number of samples, 1 to {@link PartSamples#MAXIMUM_COUNT}
   * @return bytes of {@code moof} and of the {@code mdat} header
   */
  public static int headerBytes(int sampleCount) {
    return MOOF_BYTES + SAMPLE_BYTES * sampleCount + MDAT_HEADER_BYTES;
  }

  /**
   * Writes the header of a part; {@link PartSamples#sizeBytes} bytes of media must follow it.
   *
   * @param sequenceNumber number of the part in its file, from 1
   * @param trackId the one track of the part
   * @param baseMediaDecodeTime decode time of the first sample in ticks of the track, zero or more
   * @param samples at least one
   * @param target receives {@link #headerBytes} bytes at its position, which advances; big endian
   * @throws BufferOverflowException when the target is too small; nothing is then written
   * @throws IllegalArgumentException when there is no sample, the time is negative or the buffer is
   *     little endian
   */
  public static void write(
      int sequenceNumber,
      int trackId,
      long baseMediaDecodeTime,
      PartSamples samples,
      ByteBuffer target) {
    int count = samples.count();
    if (count == 0 || baseMediaDecodeTime < 0 || target.order() != ByteOrder.BIG_ENDIAN) {
      throw new IllegalArgumentException(
          count + " samples at " + baseMediaDecodeTime + ", " + target.order());
    }
    if (target.remaining() < headerBytes(count)) {
      throw new BufferOverflowException();
    }
    int moofBytes = MOOF_BYTES + SAMPLE_BYTES * count;
    target.putInt(moofBytes).putInt(BoxType.MOOF);
    target.putInt(MFHD_BYTES).putInt(BoxType.MFHD).putInt(0).putInt(sequenceNumber);
    target.putInt(moofBytes - 8 - MFHD_BYTES).putInt(BoxType.TRAF);
    target.putInt(TFHD_BYTES).putInt(BoxType.TFHD);
    target.putInt(DEFAULT_BASE_IS_MOOF | SAMPLE_DESCRIPTION_INDEX).putInt(trackId).putInt(1);
    target.putInt(TFDT_BYTES).putInt(BoxType.TFDT);
    target.putInt(TFDT_VERSION_AND_FLAGS).putLong(baseMediaDecodeTime);
    target.putInt(TRUN_BYTES + SAMPLE_BYTES * count).putInt(BoxType.TRUN);
    target.putInt(TRUN_VERSION_AND_FLAGS).putInt(count).putInt(moofBytes + MDAT_HEADER_BYTES);
    for (int i = 0; i < count; i++) {
      target.putInt(samples.duration(i)).putInt(samples.size(i));
      target.putInt(samples.flags(i)).putInt(samples.compositionOffset(i));
    }
    target.putInt((int) samples.sizeBytes() + MDAT_HEADER_BYTES).putInt(BoxType.MDAT);
  }
}
