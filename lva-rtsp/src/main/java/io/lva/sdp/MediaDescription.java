package io.lva.sdp;

import com.google.errorprone.annotations.CheckReturnValue;
import io.lva.media.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code m=} line and what belongs to it.
 *
 * <p>Immutable.
 *
 * @param type as it was written, such as {@code video}
 * @param port 0 in most descriptions from RTSP servers
 * @param protocol such as {@code RTP/AVP}, may be empty
 * @param payloadTypes in order; empty when the line names none
 * @param attributes in order
 */
@CheckReturnValue
public record MediaDescription(
    String type,
    int port,
    String protocol,
    List<Integer> payloadTypes,
    List<SdpAttribute> attributes) {
  /** Which way the media flows, seen from the client that receives the description. */
  public enum Direction {
    /** The client receives. */
    RECVONLY,
    /** The client sends. This is a back channel, unless the server confuses the two sides. */
    SENDONLY,
    /** Both send; this is also assumed when nothing is said. */
    SENDRECV,
    /** Nothing flows. */
    INACTIVE
  }

  /**
   * Copies the lists.
   *
   * @param type see above
   * @param port see above
   * @param protocol see above
   * @param payloadTypes see above
   * @param attributes see above
   */
  public MediaDescription {
    payloadTypes = List.copyOf(payloadTypes);
    attributes = List.copyOf(attributes);
  }

  /**
   * Describes one stream with one payload type.
   *
   * @param type of the media
   * @param map its payload type and encoding
   * @param formatParameters of the encoding, in order; may be empty
   * @param control where to set up the stream, such as {@code trackID=1}
   * @return the description
   */
  public static MediaDescription of(
      MediaType type, RtpMap map, Map<String, String> formatParameters, String control) {
    List<SdpAttribute> attributes = new ArrayList<>();
    attributes.add(map.toAttribute());
    if (!formatParameters.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      formatParameters.forEach((key, value) -> pairs.add(key + "=" + value));
      attributes.add(new SdpAttribute("fmtp", map.payloadType() + " " + String.join(";", pairs)));
    }
    attributes.add(new SdpAttribute("control", control));
    return new MediaDescription(type.text(), 0, "RTP/AVP", List.of(map.payloadType()), attributes);
  }

  /**
   * Returns the type of the media.
   *
   * @return video, audio or application; empty for anything else, such as {@code
   *     application/TP-LINK}
   */
  public Optional<MediaType> mediaType() {
    return Arrays.stream(MediaType.values())
        .filter(known -> known.text().equalsIgnoreCase(type))
        .findFirst();
  }

  /**
   * Finds an attribute.
   *
   * @param name in any letter case
   * @return the value of the first attribute of that name
   */
  public Optional<String> attribute(String name) {
    return SdpAttribute.first(attributes, name);
  }

  /**
   * Returns where the stream is set up.
   *
   * @return an absolute or relative URL; empty when the stream has none of its own
   */
  public Optional<String> control() {
    return attribute("control").filter(value -> !value.isEmpty());
  }

  /**
   * Returns which way the media flows.
   *
   * @return the first direction among the attributes of this media; {@link Direction#SENDRECV} when
   *     there is none
   */
  public Direction direction() {
    for (SdpAttribute attribute : attributes) {
      for (Direction direction : Direction.values()) {
        if (attribute.name().equalsIgnoreCase(direction.name())) {
          return direction;
        }
      }
    }
    return Direction.SENDRECV;
  }

  /**
   * Returns what a payload type stands for.
   *
   * @param payloadType one of this media
   * @return the {@code rtpmap} attribute, or else the static assignment; empty when there is
   *     neither
   */
  public Optional<RtpMap> rtpMap(int payloadType) {
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equalsIgnoreCase("rtpmap")) {
        Optional<RtpMap> map = RtpMap.parse(attribute.value());
        if (map.isPresent() && map.get().payloadType() == payloadType) {
          return map;
        }
      }
    }
    return RtpMap.ofStatic(payloadType);
  }

  /**
   * Finds the payload type of an encoding.
   *
   * @param encoding such as {@code H264}, in any letter case
   * @return the first payload type of this media that stands for it
   */
  public Optional<RtpMap> find(String encoding) {
    return payloadTypes.stream()
        .flatMap(payloadType -> rtpMap(payloadType).stream())
        .filter(map -> map.encoding().equalsIgnoreCase(encoding))
        .findFirst();
  }

  /**
   * Returns the parameters of a payload type, combined from all its {@code fmtp} lines. When the
   * media has one payload type and one {@code fmtp} line with another number, that line is used
   * (gortsplib issue 658).
   *
   * @param payloadType one of this media
   * @return values by lower-case key, in order; empty when there are none
   */
  public Map<String, String> formatParameters(int payloadType) {
    List<String> lines =
        attributes.stream()
            .filter(attribute -> attribute.name().equalsIgnoreCase("fmtp"))
            .map(SdpAttribute::value)
            .toList();
    List<String> own = lines.stream().filter(line -> payloadTypeOf(line) == payloadType).toList();
    boolean misnamed = own.isEmpty() && lines.size() == 1 && payloadTypes.size() == 1;
    return parseParameters(misnamed ? lines : own);
  }

  private static int payloadTypeOf(String line) {
    return SdpNumbers.parse(line.split("\\s", 2)[0], 127);
  }

  private static Map<String, String> parseParameters(List<String> lines) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String line : lines) {
      String[] parts = line.split("\\s+", 2);
      for (String pair : parts.length < 2 ? new String[0] : parts[1].split(";")) {
        int equals = pair.indexOf('=');
        String key =
            (equals < 0 ? pair : pair.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
        if (!key.isEmpty()) {
          String value = equals < 0 ? "" : pair.substring(equals + 1).trim();
          parameters.merge(key, value, (first, next) -> repeated(key, first, next));
        }
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * Merges two values of a key. The first value counts, but parameter sets may be spread over
   * several values.
   */
  private static String repeated(String key, String first, String next) {
    return key.equals("sprop-parameter-sets") ? first + "," + next : first;
  }

  void format(StringBuilder text) {
    text.append("m=").append(type).append(' ').append(port).append(' ').append(protocol);
    payloadTypes.forEach(payloadType -> text.append(' ').append(payloadType));
    text.append("\r\n");
    attributes.forEach(attribute -> text.append(attribute.format()));
  }
}
