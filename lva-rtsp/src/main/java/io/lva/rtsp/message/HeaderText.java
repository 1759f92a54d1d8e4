package io.lva.rtsp.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes header values apart. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * Splits at a separator outside of double quotes.
   *
   * @param text any text
   * @param separator where to split
   * @return the parts, trimmed, without empty ones
   */
  public static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || (text.charAt(i) == separator && !quoted)) {
        String part = text.substring(start, i).trim();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        start = i + 1;
      } else if (text.charAt(i) == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      }
    }
    return parts;
  }

  /**
   * Removes the double quotes around a text, and the escapes within it.
   *
   * @param text its closing quote may be missing
   * @return the text between the quotes; the trimmed text when it has none
   */
  public static String unquote(String text) {
    String trimmed = text.trim();
    if (!trimmed.startsWith("\"")) {
      return trimmed;
    }
    int end =
        trimmed.length() > 1 && trimmed.endsWith("\"") ? trimmed.length() - 1 : trimmed.length();
    return trimmed.substring(1, end).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  /**
   * Reads {@code key=value} pairs and bare keys.
   *
   * @param parts for example those of {@link #split}
   * @return values without quotes by lower-case key, in order; a bare key has an empty value, and a
   *     repeated key keeps its first one
   */
  public static Map<String, String> parameters(List<String> parts) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      String key = (equals < 0 ? part : part.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
      parameters.putIfAbsent(key, equals < 0 ? "" : unquote(part.substring(equals + 1)));
    }
    return Collections.unmodifiableMap(parameters);
  }
}
