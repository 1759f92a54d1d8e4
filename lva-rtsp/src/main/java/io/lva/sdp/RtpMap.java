package io.lva.sdp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a payload type stands for (RFC 4566 section 6, {@code rtpmap}).
 *
 * <p>Immutable.
 *
 * @param payloadType 0 to 127
 * @param encoding such as {@code H264}, upper case
 * @param clockRate RTP ticks per second, positive
 * @param channels number of audio channels; 1 when nothing is said
 */
public record RtpMap(int payloadType, String encoding, int clockRate, int channels) {
  /** The clock rate of all video codecs, in ticks per second. */
  public static final int VIDEO_CLOCK_RATE = 90_000;

  /** Static assignments of RFC 3551 section 6. */
  private static final Map<Integer, RtpMap> STATIC =
      Map.ofEntries(
          entry(0, "PCMU", 8000, 1),
          entry(3, "GSM", 8000, 1),
          entry(4, "G723", 8000, 1),
          entry(8, "PCMA", 8000, 1),
          entry(9, "G722", 8000, 1),
          entry(10, "L16", 44_100, 2),
          entry(11, "L16", 44_100, 1),
          entry(14, "MPA", 90_000, 1),
          entry(18, "G729", 8000, 1),
          entry(26, "JPEG", 90_000, 1),
          entry(31, "H261", 90_000, 1),
          entry(32, "MPV", 90_000, 1),
          entry(33, "MP2T", 90_000, 1),
          entry(34, "H263", 90_000, 1));

  private static Map.Entry<Integer, RtpMap> entry(int type, String name, int rate, int channels) {
    return Map.entry(type, new RtpMap(type, name, rate, channels));
  }

  /** Finds the static assignment of a payload type. */
  static Optional<RtpMap> ofStatic(int payloadType) {
    return Optional.ofNullable(STATIC.get(payloadType));
  }

  /**
   * Reads a value such as {@code 96 H264/90000}. A missing or impossible clock rate is taken from
   * the static assignment, or else is 90 kHz.
   */
  static Optional<RtpMap> parse(String value) {
    String[] parts = value.trim().split("\\s+", 2);
    int payloadType = SdpNumbers.parse(parts[0], 127);
    if (payloadType < 0 || parts.length < 2) {
      return Optional.empty();
    }
    String[] format = parts[1].split("/", 4);
    String encoding = format[0].trim().toUpperCase(Locale.ROOT);
    if (encoding.isEmpty()) {
      return Optional.empty();
    }
    int clockRate = format.length < 2 ? -1 : SdpNumbers.parse(format[1], 10_000_000);
    int channels = format.length < 3 ? -1 : SdpNumbers.parse(format[2], 255);
    return Optional.of(
        new RtpMap(
            payloadType,
            encoding,
            clockRate < 1 ? defaultClockRate(payloadType) : clockRate,
            Math.max(1, channels)));
  }

  private static int defaultClockRate(int payloadType) {
    return ofStatic(payloadType).map(RtpMap::clockRate).orElse(VIDEO_CLOCK_RATE);
  }

  SdpAttribute toAttribute() {
    String rate = "/" + clockRate + (channels > 1 ? "/" + channels : "");
    return new SdpAttribute("rtpmap", payloadType + " " + encoding + rate);
  }
}
