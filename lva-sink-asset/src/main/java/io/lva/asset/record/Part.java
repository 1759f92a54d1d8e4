package io.lva.asset.record;

import io.lva.fmp4.PartSamples;
import io.lva.media.Gap;
import io.lva.media.SampleDataList;
import io.lva.media.Track;
import java.util.Optional;

/**
 * Samples of one track that are written together, as one {@code moof} and {@code mdat}.
 *
 * <p>Built on the media loop and handed over whole; not changed afterward except by its release.
 *
 * @param track the track of the samples
 * @param decodeTime written decode time of the first sample, in ticks since the Unix epoch
 * @param sync whether decoding can start at the first sample
 * @param samples durations, sizes and flags, at least one
 * @param data the bytes of the samples, kept until {@link #release}
 * @param bridged the hole that was closed by extending the sample before this part
 */
record Part(
    Track track,
    long decodeTime,
    boolean sync,
    PartSamples samples,
    SampleDataList data,
    Optional<Gap> bridged) {

  /** Returns the end of the last sample in ticks since the Unix epoch. */
  long end() {
    return decodeTime + samples.durationTicks();
  }

  /** Releases the memory of the media. */
  void release() {
    data.release();
  }
}
