package io.lva.fmp4;

import java.util.List;

/**
 * One {@code traf} (ISO/IEC 14496-12 clause 8.8.6): samples of one track.
 *
 * <p>Immutable except for the samples.
 *
 * @param trackId the track
 * @param baseMediaDecodeTime decode time of the first sample, or {@link #NO_TIME}
 * @param samples all samples, in decode order
 * @param runs their places, in the same order
 */
record TrackFragment(
    int trackId, long baseMediaDecodeTime, PartSamples samples, List<TrackRun> runs) {
  static final long NO_TIME = -1;

  /** Consecutive samples: position in the file, index of the first, and their number. */
  record TrackRun(long position, int first, int count) {}

  /** Returns whether all samples follow one another from a position on. */
  boolean isContiguousFrom(long position) {
    long next = position;
    for (TrackRun run : runs) {
      if (run.position() != next) {
        return false;
      }
      for (int i = run.first(); i < run.first() + run.count(); i++) {
        next += samples.size(i);
      }
    }
    return true;
  }
}
