package io.lva.playback;

import java.util.List;
import java.util.Optional;

/**
 * What an HLS media playlist says (RFC 8216, and draft-pantos-hls-rfc8216bis for low latency).
 *
 * <p>Immutable.
 *
 * @param kind whether it grows, slides, or is complete
 * @param mediaSequence number of the first fragment
 * @param discontinuitySequence number of discontinuities up to the first fragment
 * @param targetSeconds whole seconds that no fragment exceeds when rounded
 * @param fragments complete ones, in order
 * @param ended whether nothing follows
 * @param lowLatency parts and hints at the live edge; empty in a playlist without parts
 * @param skipped how many of the oldest fragments the player has already (delta update); 0 for a
 *     full playlist
 */
record MediaPlaylist(
    Kind kind,
    long mediaSequence,
    long discontinuitySequence,
    int targetSeconds,
    List<LineFragment> fragments,
    boolean ended,
    Optional<LowLatency> lowLatency,
    int skipped) {
  /** How a playlist changes. */
  enum Kind {
    /** Complete, never changes. */
    VOD("VOD"),
    /** Grows up to an end that was asked for; players begin at its start. */
    PORTION("EVENT"),
    /** Grows at its end. */
    EVENT("EVENT"),
    /** Grows at its end and loses at its begin. */
    LIVE("");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    /** Returns the value of {@code EXT-X-PLAYLIST-TYPE}; empty for a playlist without. */
    String type() {
      return type;
    }
  }

  /**
   * The live edge.
   *
   * @param partMillis no part is longer
   * @param edge knows the parts of the newest fragments
   * @param open the fragment under construction
   */
  record LowLatency(int partMillis, LiveEdge edge, Optional<Open> open) {
    /** Returns the parts of a complete fragment that are listed. */
    List<LiveRow.Part> parts(LineFragment fragment) {
      return listed(edge.parts(fragment), fragment.track().timescale(), partMillis);
    }

    /**
     * Leaves out the parts of a fragment when one is longer than a playlist may say: it bridges a
     * hole. Players get the whole fragment then.
     */
    static List<LiveRow.Part> listed(List<LiveRow.Part> parts, int timescale, int partMillis) {
      long longest = (long) partMillis * timescale;
      boolean fits = parts.stream().allMatch(part -> part.part().durationTicks() * 1000 <= longest);
      return fits ? parts : List.of();
    }
  }

  /**
   * The fragment under construction.
   *
   * @param fragment what is known of it
   * @param parts of it
   * @param nextPart number of the part that comes next, if the file goes on
   */
  record Open(LineFragment fragment, List<LiveRow.Part> parts, int nextPart) {}

  /** A complete playlist. */
  static MediaPlaylist recorded(List<LineFragment> fragments) {
    return new MediaPlaylist(
        Kind.VOD,
        /* mediaSequence= */ 0,
        /* discontinuitySequence= */ 0,
        targetSeconds(fragments),
        fragments,
        /* ended= */ true,
        Optional.empty(),
        /* skipped= */ 0);
  }

  static int targetSeconds(List<LineFragment> fragments) {
    int longest = 1;
    for (LineFragment fragment : fragments) {
      longest = Math.max(longest, fragment.roundedSeconds());
    }
    return longest;
  }
}
