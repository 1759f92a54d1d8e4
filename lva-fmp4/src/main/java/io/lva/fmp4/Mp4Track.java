package io.lva.fmp4;

import io.lva.media.Track;

/**
 * A track of a file with its samples.
 *
 * <p>Immutable.
 *
 * @param track number, timescale and codec; {@link OpaqueCodec} if this library does not know the
 *     codec or did not find its parameter sets
 * @param nalLengthBytes size of the length before each NAL unit of video: 1, 2 or 4; 4 for a track
 *     without NAL units
 * @param samples in decode order
 * @param delayTicks how much later than the movie the track starts (empty edit), ticks of the track
 * @param startTicks presentation time of the media where the movie starts (first edit), ticks of
 *     the track; samples presented before it are needed for decoding only
 */
public record Mp4Track(
    Track track, int nalLengthBytes, SampleTable samples, long delayTicks, long startTicks) {}
