package io.lva.playback.address;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The path of a request, split at its slashes before anything is decoded.
 *
 * <p>Immutable.
 *
 * @param raw as sent
 * @param decoded without escapes; what was an escaped slash is part of its segment
 */
public record PathSegments(List<String> raw, List<String> decoded) {
  private static final int LONGEST = 8192;
  private static final int MOST_SEGMENTS = 16;

  /**
   * Creates the segments of a path.
   *
   * @param raw see above
   * @param decoded see above
   */
  public PathSegments {}

  /**
   * Splits a path.
   *
   * @param path as sent, beginning with a slash
   * @return its parts
   * @throws PlaybackException with status 400 when an escape is malformed, 404 when there are too
   *     many parts, 414 when it is too long
   */
  public static PathSegments parse(String path) {
    if (path.length() > LONGEST) {
      throw new PlaybackException(414, "the address is too long");
    }
    List<String> raw = List.of(path.split("/", MOST_SEGMENTS + 1));
    if (raw.size() > MOST_SEGMENTS) {
      throw PlaybackException.notFound("there is nothing here");
    }
    List<String> decoded = new ArrayList<>();
    for (String segment : raw) {
      decoded.add(decode(segment));
    }
    return new PathSegments(raw.subList(1, raw.size()), decoded.subList(1, decoded.size()));
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw PlaybackException.badRequest("the address has a malformed escape");
    }
  }

  /**
   * Returns what follows {@code {locator}/content.ism/}, decoded.
   *
   * @return the path, or empty for other addresses
   */
  public Optional<String> content() {
    return decoded.size() > 2 && decoded.get(1).toLowerCase(Locale.ROOT).equals("content.ism")
        ? Optional.of(String.join("/", decoded.subList(2, decoded.size())))
        : Optional.empty();
  }

  /**
   * Returns the whole path, decoded, without its first slash.
   *
   * @return the whole path; an empty text for the root
   */
  public String text() {
    return String.join("/", decoded);
  }
}
