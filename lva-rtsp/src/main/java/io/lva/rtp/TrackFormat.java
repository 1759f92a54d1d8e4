package io.lva.rtp;

import io.lva.media.MediaType;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the session description says about one stream that was set up.
 *
 * <p>Immutable.
 *
 * @param track number of the stream in the session, as {@link SessionReceiver#rtp} names it
 * @param mediaType of the {@code m=} line
 * @param payloadType RTP payload type, 0 to 127
 * @param clockRate ticks of the RTP timestamp a second, positive
 * @param encoding encoding name of the {@code a=rtpmap} line in any case, such as {@code H264}
 * @param formatParameters of the {@code a=fmtp} line, names in lower case; empty when it is missing
 * @param ssrc synchronization source announced by {@code Transport} or {@code RTP-Info}, if any;
 *     cameras announce wrong ones, so it is a hint
 */
public record TrackFormat(
    int track,
    MediaType mediaType,
    int payloadType,
    int clockRate,
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
   * @param encoding see above
   * @param formatParameters see above
   * @param ssrc see above
   * @throws IllegalArgumentException when payload type or clock rate are out of range
   */
  public TrackFormat {
    if (payloadType < 0 || payloadType > 127 || clockRate < 1) {
      throw new IllegalArgumentException(
          "payload type " + payloadType + " and clock rate " + clockRate);
    }
    formatParameters = Map.copyOf(formatParameters);
  }
}
