package io.lva.sdp;

import com.google.errorprone.annotations.CheckReturnValue;
import io.lva.rtsp.DeviationSink;
import java.util.List;
import java.util.Optional;

/**
 * The description of a session: its streams and how to decode them.
 *
 * <p>Immutable.
 *
 * @param origin the {@code o=} line, may be empty
 * @param name the {@code s=} line, may be empty
 * @param attributes of the whole session, in order
 * @param media in order
 */
@CheckReturnValue
public record SessionDescription(
    String origin, String name, List<SdpAttribute> attributes, List<MediaDescription> media) {
  /**
   * Copies the lists.
   *
   * @param origin see above
   * @param name see above
   * @param attributes see above
   * @param media see above
   */
  public SessionDescription {
    attributes = List.copyOf(attributes);
    media = List.copyOf(media);
  }

  /**
   * Reads a description. Only lines that matter to a receiver are read; missing, repeated,
   * misplaced or malformed lines are tolerated.
   *
   * @param text lines that end in CRLF, LF or CR
   * @param deviations takes note of what was tolerated
   * @return the description; without media when the text names none
   * @throws SdpParseException when no line belongs to a session description, or when there are more
   *     than 2048 lines
   */
  public static SessionDescription parse(String text, DeviationSink deviations) {
    return new SdpParser(deviations).parse(text);
  }

  /**
   * Finds an attribute of the whole session.
   *
   * @param attribute its name in any letter case
   * @return the value of the first attribute of that name
   */
  public Optional<String> attribute(String attribute) {
    return SdpAttribute.first(attributes, attribute);
  }

  /**
   * Returns where the session as a whole is controlled.
   *
   * @return an absolute or relative URL, or {@code *}; empty when nothing is said
   */
  public Optional<String> control() {
    return attribute("control").filter(value -> !value.isEmpty());
  }

  /**
   * Returns the description as a server sends it.
   *
   * @return lines that end in CRLF
   */
  public String format() {
    StringBuilder text = new StringBuilder("v=0\r\n");
    text.append("o=").append(origin.isEmpty() ? "- 0 0 IN IP4 0.0.0.0" : origin).append("\r\n");
    text.append("s=").append(name.isEmpty() ? "-" : name).append("\r\n");
    text.append("c=IN IP4 0.0.0.0\r\nt=0 0\r\n");
    attributes.forEach(attribute -> text.append(attribute.format()));
    media.forEach(description -> description.format(text));
    return text.toString();
  }
}
