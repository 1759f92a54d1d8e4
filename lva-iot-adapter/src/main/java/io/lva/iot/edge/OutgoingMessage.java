package io.lva.iot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lva.event.EventClass;
import java.net.URLEncoder;
import java.util.Map;

/**
 * A message for an output of the module.
 *
 * <p>Immutable.
 *
 * @param id identifies the message, even when it arrives twice
 * @param output name of the output
 * @param lane name of the graph instance, within which messages keep their order
 * @param eventClass how important the message is
 * @param properties application properties
 * @param body a JSON text
 */
record OutgoingMessage(
    String id,
    String output,
    String lane,
    EventClass eventClass,
    Map<String, String> properties,
    String body) {
  OutgoingMessage {
    properties = Map.copyOf(properties);
  }

  /**
   * Returns the approximate size in bytes of the message when sent, with its properties
   * percent-encoded.
   */
  long size() {
    long size = 512L + 3L * output.length() + body.getBytes(UTF_8).length;
    for (Map.Entry<String, String> property : properties.entrySet()) {
      size += encoded(property.getKey()) + encoded(property.getValue()) + 2;
    }
    return size;
  }

  private static int encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").length();
  }
}
