package io.lva.bench.system;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a low-latency media playlist (draft-pantos-hls-rfc8216bis).
 *
 * <p>Immutable.
 *
 * @param nextSegment number of the segment in progress
 * @param nextPart number of its part in progress
 * @param parts addresses of the listed parts, oldest first
 */
record LivePlaylist(long nextSegment, int nextPart, List<String> parts) {
  /** What is known before the first playlist is read. */
  static final LivePlaylist NOTHING = new LivePlaylist(-1, 0, List.of());

  private static final Pattern ADDRESS = Pattern.compile("URI=\"([^\"]*)\"");

  LivePlaylist {
    parts = List.copyOf(parts);
  }

  /** Reads a playlist. */
  static LivePlaylist parse(String text) {
    long segment = 0;
    int part = 0;
    List<String> parts = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
        segment += Long.parseLong(line.substring(line.indexOf(':') + 1));
      } else if (line.startsWith("#EXTINF")) {
        segment++;
        part = 0;
      } else if (line.startsWith("#EXT-X-PART:")) {
        part++;
        address(line).ifPresent(parts::add);
      }
    }
    return new LivePlaylist(segment, part, parts);
  }

  /** Returns the next request: the playlist with one more part. */
  URI reload(URI playlist) {
    return nextSegment < 0
        ? playlist
        : URI.create(playlist + "?_HLS_msn=" + nextSegment + "&_HLS_part=" + nextPart);
  }

  /**
   * Returns the parts that an earlier playlist did not list; none when the earlier one is {@link
   * #NOTHING}.
   */
  List<String> partsBehind(LivePlaylist earlier) {
    return earlier.nextSegment < 0
        ? List.of()
        : parts.stream().filter(part -> !earlier.parts.contains(part)).toList();
  }

  private static Optional<String> address(String line) {
    Matcher address = ADDRESS.matcher(line);
    return address.find() ? Optional.of(address.group(1)) : Optional.empty();
  }
}
