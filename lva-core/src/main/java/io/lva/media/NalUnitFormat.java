package io.lva.media;

import java.util.List;
import java.util.Optional;

/**
 * The form of the NAL units of a video codec, as far as files and senders need it.
 *
 * <p>Implementations are immutable.
 */
public interface NalUnitFormat {
  /** What a NAL unit holds. */
  enum Kind {
    /** A sequence, picture or video parameter set. */
    PARAMETER_SET,
    /** A slice of a picture at which decoding can start. */
    SYNC_SLICE,
    /** A slice of any other picture. */
    SLICE,
    /** An access unit delimiter. */
    DELIMITER,
    /** Anything else that is allowed. */
    OTHER,
    /** The header is impossible: these bytes are not a NAL unit. */
    INVALID
  }

  /**
   * Returns the size of the NAL unit header.
   *
   * @return 1 or 2 bytes
   */
  int headerBytes();

  /**
   * Returns the kind of a NAL unit, as its header states it.
   *
   * @param header the bytes of the header as one big-endian number
   * @return what the NAL unit holds
   */
  Kind kind(int header);

  /**
   * Returns the size of the length that precedes each NAL unit.
   *
   * @param description as it was read from a file
   * @return 1, 2 or 4 bytes
   * @throws IllegalArgumentException when the description has no valid configuration
   */
  int lengthBytes(SampleDescription description);

  /**
   * Builds parameters from parameter sets that were found in samples.
   *
   * @param parameterSets NAL units without start codes, in order
   * @return the parameters; empty when a set is missing
   * @throws IllegalArgumentException when a set is malformed
   */
  Optional<CodecParameters> parameters(List<Bytes> parameterSets);
}
