package io.lva.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One stream of the {@code RTP-Info} field (RFC 2326 section 12.33). What cameras say here is often
 * wrong, so only the SSRC is used, and only until packets show the actual one.
 *
 * <p>Immutable.
 *
 * @param url URL of the stream as it was written; may be relative, or empty
 * @param sequence sequence number of the first packet, if the field holds a number
 * @param rtpTimestamp timestamp of the first packet, if the field holds a number
 * @param ssrc SSRC of the packets, if the field names it (Reolink names it only here)
 */
public record RtpInfo(
    String url, OptionalLong sequence, OptionalLong rtpTimestamp, OptionalLong ssrc) {
  private static final Pattern STREAM =
      Pattern.compile("(?:^|,)\\s*url=", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*(seq|rtptime|ssrc)=([^;,]*)", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a field.
   *
   * @param value of the field; the URL of a stream may itself hold commas and semicolons
   * @return the streams, in order
   */
  public static List<RtpInfo> parse(String value) {
    List<RtpInfo> streams = new ArrayList<>();
    Matcher matcher = STREAM.matcher(value);
    int start = -1;
    while (matcher.find()) {
      if (start >= 0) {
        streams.add(parseOne(value.substring(start, matcher.start())));
      }
      start = matcher.end();
    }
    if (start >= 0) {
      streams.add(parseOne(value.substring(start)));
    }
    return List.copyOf(streams);
  }

  private static RtpInfo parseOne(String text) {
    OptionalLong sequence = OptionalLong.empty();
    OptionalLong rtpTimestamp = OptionalLong.empty();
    OptionalLong ssrc = OptionalLong.empty();
    int urlEnd = text.length();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      urlEnd = Math.min(urlEnd, matcher.start());
      String parameter = matcher.group(2);
      switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
        case "seq" -> sequence = Numbers.parseUnsigned(parameter);
        case "rtptime" -> rtpTimestamp = Numbers.parseUnsigned(parameter);
        default -> ssrc = TransportHeader.parseSsrc(parameter);
      }
    }
    return new RtpInfo(HeaderText.unquote(text.substring(0, urlEnd)), sequence, rtpTimestamp, ssrc);
  }
}
