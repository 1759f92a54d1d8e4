package io.lva.rtsp.session;

import io.lva.media.MediaType;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.TrackFormat;
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
   * Chooses the streams of a session: the first video that can be received. A camera that offers
   * several encodings in one stream sends the first; the packets of others are ignored.
   */
  static List<TrackSetup> choose(SessionDescription description, ControlUrls urls) {
    List<TrackSetup> chosen = new ArrayList<>();
    List<MediaDescription> media = description.media();
    for (int track = 0; track < media.size() && chosen.isEmpty(); track++) {
      Optional<RtpMap> map = receivable(media.get(track));
      if (map.isPresent() && isVideo(media.get(track))) {
        List<String> candidates = urls.ofStream(media.get(track).control(), description.control());
        chosen.add(new TrackSetup(track, media.get(track), map.get(), candidates));
      }
    }
    return chosen;
  }

  /** Returns whether a media is video, which alone is recorded. */
  static boolean isVideo(MediaDescription media) {
    return media.mediaType().equals(Optional.of(MediaType.VIDEO));
  }

  /** Returns the first payload type of a media that can be received, if any. */
  static Optional<RtpMap> receivable(MediaDescription media) {
    boolean flows = media.direction() != MediaDescription.Direction.INACTIVE;
    return flows
        ? media.payloadTypes().stream()
            .flatMap(payloadType -> media.rtpMap(payloadType).stream())
            .filter(map -> isReceivable(media, map))
            .findFirst()
        : Optional.empty();
  }

  TrackFormat format(OptionalLong ssrc) {
    return format(track, media, map, ssrc);
  }

  private static boolean isReceivable(MediaDescription media, RtpMap map) {
    return media.mediaType().isPresent()
        && PayloadFormats.receiving(format(0, media, map, OptionalLong.empty())).isPresent();
  }

  private static TrackFormat format(
      int track, MediaDescription media, RtpMap map, OptionalLong ssrc) {
    return new TrackFormat(
        track,
        media.mediaType().orElseThrow(),
        map.payloadType(),
        map.clockRate(),
        map.channels(),
        map.encoding(),
        media.formatParameters(map.payloadType()),
        ssrc);
  }
}
