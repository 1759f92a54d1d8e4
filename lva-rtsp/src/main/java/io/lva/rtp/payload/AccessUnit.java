package io.lva.rtp.payload;

import io.lva.media.CodecParameters;
import io.lva.media.SampleData;
import java.util.Optional;

/**
 * What a depacketizer puts together: all NAL units of one picture (RFC 6184 section 1.2), or one
 * audio frame.
 *
 * <p>Immutable; the data is valid during the call that hands it over unless it is kept.
 *
 * @param timestamp the 32 bits of its RTP timestamp: when it is presented
 * @param nanoTime when the first packet of its first slice arrived, or the last packet of an audio
 *     frame, in nanoseconds of monotonic time
 * @param utcNanos when that packet arrived, in nanoseconds since the Unix epoch on the clock of the
 *     host
 * @param randomAccess whether decoding can start here
 * @param parameters codec parameters in force; empty while they are not known
 * @param data what goes into the sample
 */
public record AccessUnit(
    int timestamp,
    long nanoTime,
    long utcNanos,
    RandomAccess randomAccess,
    Optional<CodecParameters> parameters,
    SampleData data) {
  /** Whether decoding can start at an access unit. */
  public enum RandomAccess {
    /** Decoding cannot start here: the picture refers to others. */
    NONE,
    /** Not an IDR picture, but one from which decoding recovers, at once or over some pictures. */
    RECOVERY_POINT,
    /** An IDR picture, any intra random access point of H.265, or any audio frame. */
    IDR
  }
}
