package io.lva.bench.system;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a player reads in a low-latency media playlist (draft-pantos-hls-rfc8216bis).
 *
 * <p>Immutable.
 *
 * @param nextSegment number of the segment that is being made
 * @param nextPart number of its part that is being made
 * @param parts the addresses of all parts that are listed, oldest first
 */
record LivePlaylist(long nextSegment, int nextPart, List<String> parts) {
  /** Where a player begins. */
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

  /** Returns what to ask for next: the playlist with one part more. */
  URI reload(URI playlist) {
    return nextSegment < 0
        ? playlist
        : URI.create(playlist + "?_HLS_msn=" + nextSegment + "&_HLS_part=" + nextPart);
  }

  /** Returns the parts that another playlist did not list; of the first one none. */
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
