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
 * @param discontinuitySequence number of discontinuities before the first fragment
 * @param targetSeconds whole seconds that no fragment exceeds when rounded
 * @param fragments complete ones, in order
 * @param lowLatency parts and hints at the live edge; empty in a playlist without parts
 */
record MediaPlaylist(
    Kind kind,
    long mediaSequence,
    long discontinuitySequence,
    int targetSeconds,
    List<Fragment> fragments,
    Optional<LowLatency> lowLatency) {
  /** How a playlist changes. */
  enum Kind {
    /** Complete, never changes. */
    VOD,
    /** Grows at its end. */
    EVENT,
    /** Grows at its end and loses at its begin. */
    LIVE
  }

  /**
   * One media segment of the playlist.
   *
   * @param startNanos UTC of its first sample, in nanoseconds since the Unix epoch
   * @param durationTicks its length
   * @param timescale ticks a second
   * @param discontinuity whether its time line does not continue the fragment before it
   * @param initUri its initialization segment
   * @param uri its media
   * @param parts near the live edge; empty elsewhere
   */
  record Fragment(
      long startNanos,
      long durationTicks,
      int timescale,
      boolean discontinuity,
      String initUri,
      String uri,
      List<Part> parts) {}

  /**
   * One partial segment.
   *
   * @param durationTicks its length in the fragment's timescale
   * @param timescale ticks a second
   * @param independent whether decoding can start in it
   * @param uri its media
   */
  record Part(long durationTicks, int timescale, boolean independent, String uri) {}

  /**
   * The live edge.
   *
   * @param partTargetMillis no part is longer
   * @param open the fragment under construction: its begin, init and parts so far
   * @param nextPartUri the part that comes next
   * @param skipped how many of the oldest fragments the player has already (delta update); 0 for a
   *     full playlist
   */
  record LowLatency(
      int partTargetMillis, Optional<Fragment> open, String nextPartUri, int skipped) {}
}
