package io.lva.playback.window;

import io.lva.media.Ticks;

/**
 * A fragment of a playlist.
 *
 * <p>Immutable.
 *
 * @param segment the file that contains it
 * @param track its track
 * @param number its place among the fragments of the track in that file, from 0
 * @param startTicks UTC of its first sample, in ticks of the track since the Unix epoch
 * @param durationTicks its length in ticks of the track
 * @param sizeBytes its approximate size, for the bit rate
 * @param independent whether decoding can start at it
 * @param discontinuity whether its time line does not continue that of the fragment before it
 */
public record LineFragment(
    SegmentRef segment,
    TrackInfo track,
    int number,
    long startTicks,
    long durationTicks,
    int sizeBytes,
    boolean independent,
    boolean discontinuity) {
  /**
   * Creates a line fragment.
   *
   * @param segment see above
   * @param track see above
   * @param number see above
   * @param startTicks see above
   * @param durationTicks see above
   * @param sizeBytes see above
   * @param independent see above
   * @param discontinuity see above
   */
  public LineFragment {}

  /** Returns the fragment with another length. */
  LineFragment withDuration(long ticks) {
    return new LineFragment(
        segment, track, number, startTicks, ticks, sizeBytes, independent, discontinuity);
  }

  /**
   * Returns when it starts.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long startNanos() {
    return Ticks.convert(startTicks, track.timescale(), Ticks.NANOS_PER_SECOND);
  }

  /**
   * Returns when it ends.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long endNanos() {
    return Ticks.convert(startTicks + durationTicks, track.timescale(), Ticks.NANOS_PER_SECOND);
  }

  /** Returns the whole seconds that the length rounds to (RFC 8216 section 4.3.3.1). */
  int roundedSeconds() {
    return (int) ((durationTicks + track.timescale() / 2) / track.timescale());
  }

  /**
   * Returns the bit rate.
   *
   * @return bits per second; 0 for a fragment without duration
   */
  public long bitRate() {
    return durationTicks <= 0 ? 0 : Ticks.convert(8L * sizeBytes, durationTicks, track.timescale());
  }

  /**
   * Returns whether the time line breaks between this fragment and the next one. The lines of both
   * tracks break in the same places: where the run or a track of the file changes or the pictures
   * have a hole, but not where only sound falls silent.
   */
  boolean breaksBefore(SegmentRef next, long nextStartTicks) {
    if (!segment.run().equals(next.run()) || !segment.format().equals(next.format())) {
      return true;
    }
    if (TrackKind.of(track) == TrackKind.AUDIO && next.sequence() <= segment.sequence() + 1) {
      return false;
    }
    long hole = nextStartTicks - (startTicks + durationTicks);
    return Math.abs(hole) > track.timescale() / 1000;
  }
}
