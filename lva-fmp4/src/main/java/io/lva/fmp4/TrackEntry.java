package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.ParameterSetPlace;
import io.lva.media.Track;

/**
 * A track with what only the file knows of it.
 *
 * <p>Immutable.
 *
 * @param track number, timescale and codec
 * @param place where the parameter sets are
 * @param sampleEntry the whole box; what was read is kept as it is, so that a head is written again
 *     with the same bytes
 * @param displayWidth of a picture with square pixels, 0 without pictures
 * @param nalLengthBytes size of the length in front of each NAL unit, 1 to 4
 */
record TrackEntry(
    Track track, ParameterSetPlace place, Bytes sampleEntry, int displayWidth, int nalLengthBytes) {
  private static final int NAL_LENGTH_BYTES = 4;

  /** Describes a track that is to be written. */
  static TrackEntry of(Track track, ParameterSetPlace place) {
    return new TrackEntry(
        track,
        place,
        SampleEntry.write(track.parameters(), place),
        SampleEntry.displayWidth(track.parameters(), place),
        NAL_LENGTH_BYTES);
  }

  /** Returns the same entry with other parameters. */
  TrackEntry with(CodecParameters parameters) {
    return new TrackEntry(
        new Track(track.id(), track.timescale(), parameters),
        place,
        sampleEntry,
        displayWidth,
        nalLengthBytes);
  }
}
