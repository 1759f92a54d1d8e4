package io.lva.rtspsim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What a request URI names: a source, or the stream within it.
 *
 * <p>Immutable.
 *
 * @param base the URI without the stream and without user information, without a slash at its end
 * @param source path of the source, decoded, without a query
 * @param track whether the URI names the stream, not the whole
 */
record RequestPath(String base, String source, boolean track) {
  static final String CONTROL = "trackID=0";

  static RequestPath parse(String uri) {
    String rest = withoutUserInfo(uri);
    boolean track = rest.endsWith("/" + CONTROL);
    if (track) {
      rest = rest.substring(0, rest.length() - CONTROL.length() - 1);
    }
    while (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    int authority = rest.indexOf("://");
    int start = authority < 0 ? 0 : rest.indexOf('/', authority + 3);
    String path = start < 0 ? "" : rest.substring(start);
    int query = path.indexOf('?');
    return new RequestPath(rest, decode(query < 0 ? path : path.substring(0, query)), track);
  }

  private static String decode(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return path;
    }
  }

  private static String withoutUserInfo(String uri) {
    int start = uri.indexOf("://");
    int slash = start < 0 ? -1 : uri.indexOf('/', start + 3);
    int at = start < 0 ? -1 : uri.lastIndexOf('@', slash < 0 ? uri.length() : slash);
    return at < start + 3 ? uri : uri.substring(0, start + 3) + uri.substring(at + 1);
  }
}
