package io.lva.playback.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, independent of the server that received it.
 *
 * <p>Immutable.
 *
 * @param method in upper case, such as {@code GET}
 * @param path as sent, percent-encoded, beginning with a slash
 * @param query parameters by name in lower case, decoded; the last value of a repeated name
 * @param headers by name in lower case; the last value of a repeated name
 */
public record Request(
    String method, String path, Map<String, String> query, Map<String, String> headers) {
  private static final int MAXIMUM_PARAMETERS = 64;

  /**
   * Copies the maps.
   *
   * @param method see above
   * @param path see above
   * @param query see above
   * @param headers see above
   */
  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /**
   * Creates a request from what a server received.
   *
   * @param method in any letter case
   * @param target path and query as sent, percent-encoded
   * @param headers by name in any letter case
   * @return the request
   * @throws IllegalArgumentException when an escape in the query is malformed
   */
  public static Request of(String method, String target, Map<String, String> headers) {
    Map<String, String> lowerCase = new LinkedHashMap<>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return new Request(
        method.toUpperCase(Locale.ROOT),
        path.isEmpty() ? "/" : path,
        parseQuery(query < 0 ? "" : target.substring(query + 1)),
        lowerCase);
  }

  /**
   * Creates a request without headers.
   *
   * @param target path and query, percent-encoded
   * @return a GET request
   * @throws IllegalArgumentException when an escape in the query is malformed
   */
  public static Request get(String target) {
    return of("GET", target, Map.of());
  }

  /**
   * Returns a header.
   *
   * @param name in lower case
   * @return its last value, if it was sent
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * Returns a query parameter.
   *
   * @param name in lower case
   * @return its last value, if it was sent
   */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private static Map<String, String> parseQuery(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", MAXIMUM_PARAMETERS)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.put(decode(name).toLowerCase(Locale.ROOT), decode(value));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
