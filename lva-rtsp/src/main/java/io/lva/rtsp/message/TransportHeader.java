package io.lva.rtsp.message;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One way to carry RTP, as the {@code Transport} field offers or chooses it (RFC 2326 section
 * 12.39).
 *
 * <p>Immutable.
 *
 * @param protocol such as {@code RTP/AVP/TCP}, upper case
 * @param parameters by lower-case key, in order, without quotes; a bare key has an empty value
 */
@CheckReturnValue
public record TransportHeader(String protocol, Map<String, String> parameters) {
  /**
   * Copies the parameters.
   *
   * @param protocol see above
   * @param parameters see above
   */
  public TransportHeader {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Two channels of an interleaved connection.
   *
   * @param rtp channel of the media, 0 to 255
   * @param rtcp channel of the reports, 0 to 255
   */
  public record Channels(int rtp, int rtcp) {}

  /**
   * Two UDP ports.
   *
   * @param rtp port of the media, 1 to 65535
   * @param rtcp port of the reports, 1 to 65535
   */
  public record Ports(int rtp, int rtcp) {}

  /**
   * Creates the transport for datagrams to a client.
   *
   * @param rtp port of the media, 1 to 65534; the reports get the next one
   * @return {@code RTP/AVP;unicast;client_port=…}
   */
  public static TransportHeader udp(int rtp) {
    return new TransportHeader("RTP/AVP", Map.of())
        .with("unicast", "")
        .with("client_port", rtp + "-" + (rtp + 1));
  }

  /**
   * Creates the transport for datagrams to a multicast group that the server chooses.
   *
   * @return {@code RTP/AVP;multicast}
   */
  public static TransportHeader multicast() {
    return new TransportHeader("RTP/AVP", Map.of()).with("multicast", "");
  }

  /**
   * Creates the transport for interleaved frames.
   *
   * @param rtp channel of the media, 0 to 254; the reports get the next one
   * @return {@code RTP/AVP/TCP;unicast;interleaved=…}
   */
  public static TransportHeader interleaved(int rtp) {
    return new TransportHeader("RTP/AVP/TCP", Map.of())
        .with("unicast", "")
        .with("interleaved", rtp + "-" + (rtp + 1));
  }

  /**
   * Reads a field with any number of alternatives.
   *
   * @param value of the field; parameters in any order, white space anywhere
   * @return the alternatives in order; empty for an empty value
   */
  public static List<TransportHeader> parse(String value) {
    return HeaderText.split(value, ',').stream().map(TransportHeader::parseOne).toList();
  }

  private static TransportHeader parseOne(String text) {
    List<String> parts = HeaderText.split(text, ';');
    if (parts.isEmpty()) {
      return new TransportHeader("", Map.of());
    }
    return new TransportHeader(
        parts.get(0).toUpperCase(Locale.ROOT),
        HeaderText.parameters(parts.subList(1, parts.size())));
  }

  /**
   * Adds a parameter.
   *
   * @param key lower case
   * @param value empty for a bare key
   * @return a copy of this transport with the parameter, which replaces one of the same key
   */
  public TransportHeader with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(key, value);
    return new TransportHeader(protocol, more);
  }

  /**
   * Returns whether RTP is interleaved with the messages. Some cameras leave out {@code /TCP} and
   * name channels all the same (Escam Q6).
   *
   * @return true for {@code RTP/AVP/TCP} or when channels are named
   */
  public boolean isInterleaved() {
    return protocol.endsWith("/TCP") || parameters.containsKey("interleaved");
  }

  /**
   * Returns the channels of interleaved frames.
   *
   * @return the pair; a single number stands for itself and the next one, except that 255 stands
   *     for both channels; empty when no channel is named or one is above 255
   */
  public Optional<Channels> channels() {
    String value = parameters.getOrDefault("interleaved", "");
    int dash = value.indexOf('-');
    OptionalLong rtp = Numbers.parseUnsigned(dash < 0 ? value : value.substring(0, dash));
    OptionalLong rtcp =
        dash < 0 ? OptionalLong.empty() : Numbers.parseUnsigned(value.substring(dash + 1));
    if (rtp.isEmpty() || rtp.getAsLong() > 255 || rtcp.orElse(0) > 255) {
      return Optional.empty();
    }
    int first = (int) rtp.getAsLong();
    return Optional.of(new Channels(first, (int) rtcp.orElse(Math.min(first + 1, 255))));
  }

  /**
   * Returns two ports.
   *
   * @param key such as {@code server_port}
   * @return the pair; a single number stands for itself and the next one; empty when no port is
   *     named or one is not from 1 to 65535
   */
  public Optional<Ports> ports(String key) {
    String value = parameters.getOrDefault(key, "");
    int dash = value.indexOf('-');
    long rtp = Numbers.parseUnsigned(dash < 0 ? value : value.substring(0, dash)).orElse(0);
    long rtcp = dash < 0 ? rtp + 1 : Numbers.parseUnsigned(value.substring(dash + 1)).orElse(0);
    return rtp < 1 || rtcp < 1 || rtp > 65535 || rtcp > 65535
        ? Optional.empty()
        : Optional.of(new Ports((int) rtp, (int) rtcp));
  }

  /**
   * Returns the SSRC of the RTP packets.
   *
   * @return the SSRC, unless it is missing or is not hexadecimal; leading white space and fewer
   *     than eight digits are accepted (Hikvision)
   */
  public OptionalLong ssrc() {
    return parseSsrc(parameters.getOrDefault("ssrc", ""));
  }

  static OptionalLong parseSsrc(String text) {
    String digits = text.trim();
    boolean valid =
        !digits.isEmpty()
            && digits.length() <= 8
            && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    return valid ? OptionalLong.of(Long.parseLong(digits, 16)) : OptionalLong.empty();
  }

  /**
   * Returns the field's value.
   *
   * @return one alternative, as {@link #parse} reads it
   */
  public String format() {
    StringBuilder text = new StringBuilder(protocol);
    parameters.forEach(
        (key, value) -> text.append(';').append(value.isEmpty() ? key : key + "=" + value));
    return text.toString();
  }
}
