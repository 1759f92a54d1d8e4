package io.lva.rtp.payload.nal;

import java.nio.ByteBuffer;

/**
 * What a codec says about its NAL units, by their headers.
 *
 * <p>Implementations are immutable.
 */
public interface NalCodec {
  /** What happens to a NAL unit. */
  enum Role {
    /** A slice, which is part of a picture. */
    SLICE,
    /** Goes into the sample, in front of the slices of its picture; begins an access unit. */
    PREFIX,
    /** Goes into the sample, after the slices of its picture. */
    SUFFIX,
    /** Goes to the parameter sets; begins an access unit. */
    PARAMETER_SET,
    /** Is left out; begins an access unit. */
    DELIMITER,
    /** Is left out. */
    SKIPPED
  }

  /** How soon pictures are correct for a decoder that starts at the next picture. */
  enum Recovery {
    /** The stream does not say. */
    NONE,
    /** Correct at once. */
    EXACT,
    /** Correct after some pictures: the encoder refreshes one part of the picture at a time. */
    GRADUAL
  }

  /**
   * Returns the size of a NAL unit header.
   *
   * @return 1 or 2
   */
  int headerBytes();

  /**
   * Returns whether the forbidden bit is set.
   *
   * @param header of {@link #headerBytes} bytes, big-endian
   * @return true for a header that the standard rules out
   */
  boolean isForbidden(int header);

  /**
   * Returns what happens to a NAL unit.
   *
   * @param header of {@link #headerBytes} bytes, big-endian
   * @return its role
   */
  Role role(int header);

  /**
   * Returns whether a slice is the first of its picture.
   *
   * @param header of the slice
   * @param next the byte after the header
   * @return true for the first one, and where slices do not tell
   */
  boolean isFirstSlice(int header, int next);

  /**
   * Returns whether decoding can start at the picture of a slice.
   *
   * @param header of the slice
   * @return true for an IDR picture, and for H.265 any intra random access point
   */
  boolean isSync(int header);

  /**
   * Returns whether the first slice of a picture is coded without reference to others.
   *
   * @param next the byte after its header
   * @return true for an intra slice; false also where that byte does not tell
   */
  boolean isIntra(int next);

  /**
   * Returns whether a parameter set begins a coded video sequence.
   *
   * @param header of the parameter set
   * @return true for a sequence parameter set
   */
  boolean isSequenceSet(int header);

  /**
   * Looks into a NAL unit for a recovery point.
   *
   * @param header of the NAL unit, with {@link Role#PREFIX}
   * @param buffer read by index
   * @param from index after the header
   * @param to index after the last byte that has come
   * @return how decoding recovers; {@link Recovery#NONE} also when the message is cut short
   */
  Recovery recovery(int header, ByteBuffer buffer, int from, int to);
}
