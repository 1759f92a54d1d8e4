package io.lva.rtp.payload;

import io.lva.media.MediaType;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the session description says about one stream.
 *
 * <p>Immutable.
 *
 * @param track number of the stream: its place in the session description, from 0
 * @param mediaType media type of the {@code m=} line
 * @param payloadType RTP payload type, 0 to 127
 * @param clockRate ticks of the RTP timestamp per second, positive
 * @param channels number of audio channels; 1 when the description does not say
 * @param encoding encoding name of the {@code a=rtpmap} line in any letter case, such as {@code
 *     H264}
 * @param formatParameters parameters of the {@code a=fmtp} line, names in lower case; empty when
 *     that line is missing
 * @param ssrc synchronization source that {@code Transport} announces, 0 to 2^32 - 1, if any;
 *     cameras may announce a wrong one, so it is only a hint
 */
public record TrackFormat(
    int track,
    MediaType mediaType,
    int payloadType,
    int clockRate,
    int channels,
    String encoding,
    Map<String, String> formatParameters,
    OptionalLong ssrc) {
  /**
   * Checks the numbers and copies the parameters.
   *
   * @param track see above
   * @param mediaType see above
   * @param payloadType 0 to 127
   * @param clockRate positive
   * @param channels 1 or more
   * @param encoding see above
   * @param formatParameters see above
   * @param ssrc see above
   * @throws IllegalArgumentException when a number is out of range
   */
  public TrackFormat {
    if (payloadType < 0 || payloadType > 127 || clockRate < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "payload type " + payloadType + ", " + clockRate + " Hz, " + channels + " channels");
    }
    formatParameters = Map.copyOf(formatParameters);
  }

  /**
   * Describes a stream of one channel, such as video.
   *
   * @param track see above
   * @param mediaType see above
   * @param payloadType 0 to 127
   * @param clockRate positive
   * @param encoding see above
   * @param formatParameters see above
   * @param ssrc see above
   * @throws IllegalArgumentException when a number is out of range
   */
  public TrackFormat(
      int track,
      MediaType mediaType,
      int payloadType,
      int clockRate,
      String encoding,
      Map<String, String> formatParameters,
      OptionalLong ssrc) {
    this(track, mediaType, payloadType, clockRate, 1, encoding, formatParameters, ssrc);
  }
}
