package io.lva.sdp;

import java.util.List;
import java.util.Optional;

/**
 * An {@code a=} line.
 *
 * <p>Immutable.
 *
 * @param name in front of the colon, without white space
 * @param value after the colon, without white space around it; empty for a bare name
 */
public record SdpAttribute(String name, String value) {
  static SdpAttribute parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new SdpAttribute(text.trim(), "")
        : new SdpAttribute(text.substring(0, colon).trim(), text.substring(colon + 1).trim());
  }

  static Optional<String> first(List<SdpAttribute> attributes, String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equalsIgnoreCase(name))
        .map(SdpAttribute::value)
        .findFirst();
  }

  String format() {
    return "a=" + (value.isEmpty() ? name : name + ":" + value) + "\r\n";
  }
}
