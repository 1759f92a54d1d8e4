package io.lva.playback.address;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments in a path segment of Media Services' form, {@code name(key=value,key=value).ext}.
 *
 * <p>Immutable.
 *
 * @param name in lower case
 * @param values by key in lower case; a value without a key has the key {@code ""}
 * @param extension what follows the last parenthesis or, without parentheses, the last dot; in
 *     lower case, without the dot; empty when absent
 */
public record RouteArguments(String name, Map<String, String> values, String extension) {
  private static final int MAXIMUM_LENGTH = 1024;
  private static final int MAXIMUM_ARGUMENTS = 16;

  /**
   * Creates the arguments of a route.
   *
   * @param name see above
   * @param values see above
   * @param extension see above
   */
  public RouteArguments {}

  /**
   * Reads a decoded path segment.
   *
   * @param segment such as {@code manifest(format=m3u8-cmaf).m3u8}
   * @return its parts
   * @throws PlaybackException with status 400 when parentheses do not match or the segment is too
   *     long
   */
  public static RouteArguments parse(String segment) {
    if (segment.length() > MAXIMUM_LENGTH) {
      throw PlaybackException.badRequest("the address is too long");
    }
    int open = segment.indexOf('(');
    int close = segment.lastIndexOf(')');
    if (open < 0 && close < 0) {
      int dot = segment.lastIndexOf('.');
      return dot < 0
          ? new RouteArguments(lower(segment), Map.of(), "")
          : new RouteArguments(
              lower(segment.substring(0, dot)), Map.of(), lower(segment.substring(dot + 1)));
    }
    if (open < 0 || close < open) {
      throw PlaybackException.badRequest("parentheses of '" + segment + "' do not match");
    }
    String rest = segment.substring(close + 1);
    return new RouteArguments(
        lower(segment.substring(0, open)),
        arguments(segment.substring(open + 1, close)),
        rest.startsWith(".") ? lower(rest.substring(1)) : lower(rest));
  }

  /**
   * Returns an argument.
   *
   * @param key in lower case
   * @return its value, if it was given
   */
  public Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static Map<String, String> arguments(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split(",", /* limit= */ MAXIMUM_ARGUMENTS)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? "" : lower(pair.substring(0, equals).trim());
      values.put(key, pair.substring(equals + 1).trim());
    }
    return Map.copyOf(values);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
