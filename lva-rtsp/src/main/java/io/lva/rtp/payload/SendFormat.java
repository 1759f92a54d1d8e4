package io.lva.rtp.payload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How a track is sent: what the session description says, and the packetizer.
 *
 * <p>Immutable.
 *
 * @param encoding encoding name in the {@code a=rtpmap} line
 * @param clockRate ticks of the RTP timestamp per second, positive
 * @param channels number of audio channels in the {@code a=rtpmap} line; 1 for other media
 * @param formatParameters parameters of the {@code a=fmtp} line
 * @param packetizer creates a packetizer for payloads of up to a given number of bytes, and may
 *     throw {@link IllegalArgumentException} when that number is too small or over 65535; Opus
 *     packets are never split, so these may be larger
 */
public record SendFormat(
    String encoding,
    int clockRate,
    int channels,
    Map<String, String> formatParameters,
    IntFunction<Packetizer> packetizer) {
  /**
   * Checks the numbers.
   *
   * @param encoding see above
   * @param clockRate positive
   * @param channels 1 or more
   * @param formatParameters see above; their order is kept
   * @param packetizer see above
   * @throws IllegalArgumentException when a number is out of range
   */
  public SendFormat {
    if (clockRate < 1 || channels < 1) {
      throw new IllegalArgumentException(clockRate + " Hz and " + channels + " channels");
    }
    formatParameters = Collections.unmodifiableMap(new LinkedHashMap<>(formatParameters));
  }
}
