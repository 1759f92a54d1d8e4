package io.lva.playback;

import io.lva.media.Ticks;

/**
 * A fragment of a playlist.
 *
 * <p>Immutable.
 *
 * @param segment the file it lies in
 * @param track its track
 * @param number its place among the fragments of the track in that file
 * @param startTicks UTC of its first sample, in ticks since the Unix epoch
 * @param durationTicks its length in ticks
 * @param sizeBytes about its size, for the bit rate
 * @param discontinuity whether its time line does not continue the fragment before it
 */
record LineFragment(
    SegmentRef segment,
    TrackInfo track,
    int number,
    long startTicks,
    long durationTicks,
    int sizeBytes,
    boolean discontinuity) {
  long startNanos() {
    return Ticks.convert(startTicks, track.timescale(), Ticks.NANOS_PER_SECOND);
  }

  long endNanos() {
    return Ticks.convert(startTicks + durationTicks, track.timescale(), Ticks.NANOS_PER_SECOND);
  }

  /** Returns the whole seconds that the length rounds to (RFC 8216 section 4.3.3.1). */
  int roundedSeconds() {
    return (int) ((durationTicks + track.timescale() / 2) / track.timescale());
  }

  /** Returns the bit rate in bits a second. */
  long bitRate() {
    return durationTicks <= 0 ? 0 : Ticks.convert(8L * sizeBytes, durationTicks, track.timescale());
  }

  /** Says whether this was recorded behind another fragment. */
  boolean isBehind(LineFragment other) {
    int order = segment.compareTo(other.segment);
    return order != 0 ? order > 0 : number > other.number;
  }

  /** Says whether a time line does not go on from here to what is described. */
  boolean breaksBefore(SegmentRef next, TrackInfo nextTrack, long nextStartTicks) {
    if (!segment.run().equals(next.run()) || !track.init().equals(nextTrack.init())) {
      return true;
    }
    long hole = nextStartTicks - (startTicks + durationTicks);
    return Math.abs(hole) > track.timescale() / 1000;
  }
}
