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
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A stream to set up.
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
   * Chooses the streams of a session: for each wanted type, the first stream that can be received,
   * beginning with video. Of several encodings in one stream, the first that can be received is
   * taken; packets of the others are ignored.
   */
  static List<TrackSetup> choose(
      SessionDescription description, ControlUrls urls, Set<MediaType> wanted) {
    List<TrackSetup> chosen = new ArrayList<>();
    for (MediaType type : MediaType.values()) {
      OptionalInt track = wanted.contains(type) ? first(description, type) : OptionalInt.empty();
      if (track.isPresent()) {
        MediaDescription media = description.media().get(track.getAsInt());
        RtpMap map = receivable(media).orElseThrow();
        chosen.add(of(track.getAsInt(), map, description, urls));
      }
    }
    return chosen;
  }

  /** Returns the streams that were not chosen but can be set up, whatever they hold. */
  static List<TrackSetup> others(
      SessionDescription description, ControlUrls urls, List<TrackSetup> chosen) {
    List<TrackSetup> others = new ArrayList<>();
    for (int i = 0; i < description.media().size(); i++) {
      int track = i;
      MediaDescription media = description.media().get(track);
      boolean taken = chosen.stream().anyMatch(setup -> setup.track() == track);
      if (!taken && media.mediaType().isPresent() && !isBackChannel(description, media)) {
        receivable(media)
            .or(() -> media.payloadTypes().stream().findFirst().flatMap(media::rtpMap))
            .ifPresent(map -> others.add(of(track, map, description, urls)));
      }
    }
    return others;
  }

  private static TrackSetup of(
      int track, RtpMap map, SessionDescription description, ControlUrls urls) {
    MediaDescription media = description.media().get(track);
    return new TrackSetup(track, media, map, urls.ofStream(media.control(), description.control()));
  }

  /** Returns the number of the first stream of a type that can be received. */
  static OptionalInt first(SessionDescription description, MediaType type) {
    return IntStream.range(0, description.media().size())
        .filter(
            track -> {
              MediaDescription media = description.media().get(track);
              return media.mediaType().equals(Optional.of(type))
                  && !isBackChannel(description, media)
                  && receivable(media).isPresent();
            })
        .findFirst();
  }

  /**
   * Returns whether the media of a stream goes to the camera. Cameras that confuse the two sides
   * declare their video {@code sendonly} as well.
   */
  private static boolean isBackChannel(SessionDescription description, MediaDescription media) {
    return media.direction() == MediaDescription.Direction.SENDONLY
        && media.mediaType().equals(Optional.of(MediaType.AUDIO))
        && description.media().stream()
            .anyMatch(other -> other.direction() == MediaDescription.Direction.RECVONLY);
  }

  /** Returns the first payload type of a stream that can be received, if any. */
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
