package io.lva.rtspsim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request URI names: a source, or a stream within it.
 *
 * <p>Immutable.
 *
 * @param base the URI without the stream, the user information, and any slash at its end
 * @param source path of the source, decoded, without a query
 * @param track number of the stream, or {@link #WHOLE}
 */
record SourceAddress(String base, String source, int track) {
  /** The track of a URI that names the whole source. */
  static final int WHOLE = -1;

  private static final String CONTROL = "trackID=";
  private static final Pattern TRACK = Pattern.compile("/" + CONTROL + "([0-9]{1,3})$");

  /** Returns the control attribute of a track. */
  static String control(int track) {
    return CONTROL + track;
  }

  static SourceAddress parse(String uri) {
    String rest = withoutUserInfo(uri);
    int track = WHOLE;
    Matcher control = TRACK.matcher(rest);
    if (control.find()) {
      track = Integer.parseInt(control.group(1));
      rest = rest.substring(0, control.start());
    }
    while (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    int authority = rest.indexOf("://");
    int start = authority < 0 ? 0 : rest.indexOf('/', authority + 3);
    String path = start < 0 ? "" : rest.substring(start);
    int query = path.indexOf('?');
    return new SourceAddress(rest, decode(query < 0 ? path : path.substring(0, query)), track);
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
