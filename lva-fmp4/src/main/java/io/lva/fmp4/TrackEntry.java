package io.lva.fmp4;

import io.lva.media.Track;

/**
 * A track with what only the file knows of it.
 *
 * <p>Immutable.
 *
 * @param track number, timescale and codec
 * @param place where the parameter sets are
 * @param nalLengthBytes size of the length in front of each NAL unit, 1 to 4
 */
record TrackEntry(Track track, ParameterSetPlace place, int nalLengthBytes) {
  static TrackEntry of(Track track, ParameterSetPlace place) {
    return new TrackEntry(track, place, 4);
  }
}
