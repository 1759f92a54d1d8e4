package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message that a module sent to one of its outputs.
 *
 * <p>Immutable.
 *
 * @param output name of the output; empty when the message named none
 * @param system system properties by their short names, such as {@code mid}, {@code ct}, {@code ce}
 * @param properties application properties
 * @param body as sent
 */
public record HubEvent(
    String output, Map<String, String> system, Map<String, String> properties, String body) {
  /** Reads the property bag that ends a topic. */
  static HubEvent of(String bag, String payload) {
    Map<String, String> system = new TreeMap<>();
    Map<String, String> properties = new TreeMap<>();
    String pairs = bag.endsWith("/") ? bag.substring(0, bag.length() - 1) : bag;
    for (String pair : pairs.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String name = decode(pair.substring(0, equals));
        String value = decode(pair.substring(equals + 1));
        if (name.startsWith("$.")) {
          system.put(name.substring(2), value);
        } else {
          properties.put(name, value);
        }
      }
    }
    return new HubEvent(
        system.getOrDefault("on", ""), Map.copyOf(system), Map.copyOf(properties), payload);
  }

  /**
   * Returns the identifier of the message, by which repetitions are recognized.
   *
   * @return the identifier, or empty when it has none
   */
  public String id() {
    return system.getOrDefault("mid", "");
  }

  /**
   * Returns the type of the event.
   *
   * @return the application property {@code eventType}, or an empty text
   */
  public String eventType() {
    return properties.getOrDefault("eventType", "");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
