package io.lva.fmp4;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.ParameterSetPlace;
import io.lva.media.Track;

/**
 * A track with the properties that depend on the file it is in.
 *
 * <p>Immutable.
 *
 * @param track number, timescale and codec
 * @param place place of the parameter sets
 * @param sampleEntry the whole box; kept as it was read, so that a head is rewritten with the same
 *     bytes
 * @param displayWidth width of a picture when shown with square pixels, 0 for a track without
 *     pictures
 * @param nalLengthBytes size of the length before each NAL unit: 1, 2 or 4; 4 for a track without
 *     NAL units
 */
record TrackEntry(
    Track track, ParameterSetPlace place, Bytes sampleEntry, int displayWidth, int nalLengthBytes) {
  private static final int NAL_LENGTH_BYTES = 4;

  /** Describes a track that will be written. */
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
