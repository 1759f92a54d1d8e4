package io.lva.rtsp.session;

import io.lva.media.MediaType;
import io.lva.rtp.TrackFormat;
import io.lva.sdp.MediaDescription;
import io.lva.sdp.RtpMap;
import io.lva.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stream that is to be set up.
 *
 * <p>Immutable.
 *
 * @param track its place in the session description, from 0
 * @param media what the description says
 * @param map the payload type that is received
 * @param urls where to set it up, the likeliest first
 */
record TrackSetup(int track, MediaDescription media, RtpMap map, List<String> urls) {
  /**
   * Chooses the streams of a session: the first H.264 video. A camera that offers several encodings
   * in one stream sends the first; the packets of others are ignored.
   */
  static List<TrackSetup> choose(SessionDescription description, ControlUrls urls) {
    List<TrackSetup> chosen = new ArrayList<>();
    List<MediaDescription> media = description.media();
    for (int track = 0; track < media.size() && chosen.isEmpty(); track++) {
      Optional<RtpMap> map = receivable(media.get(track));
      if (map.isPresent()) {
        List<String> candidates = urls.ofStream(media.get(track).control(), description.control());
        chosen.add(new TrackSetup(track, media.get(track), map.get(), candidates));
      }
    }
    return chosen;
  }

  /** Says which payload type of a media can be received, if any. */
  static Optional<RtpMap> receivable(MediaDescription media) {
    boolean flows = media.direction() != MediaDescription.Direction.INACTIVE;
    boolean video = media.mediaType().equals(Optional.of(MediaType.VIDEO));
    return flows && video ? media.find("H264") : Optional.empty();
  }

  TrackFormat format(OptionalLong ssrc) {
    return new TrackFormat(
        track,
        MediaType.VIDEO,
        map.payloadType(),
        map.clockRate(),
        map.encoding(),
        media.formatParameters(map.payloadType()),
        ssrc);
  }
}
