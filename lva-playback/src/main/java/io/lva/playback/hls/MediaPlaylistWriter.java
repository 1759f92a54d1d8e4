package io.lva.playback.hls;

import io.lva.media.Ticks;
import io.lva.playback.address.MediaAddress;
import io.lva.playback.window.Growth;
import io.lva.playback.window.LineFragment;
import io.lva.playback.window.LiveRow;
import io.lva.playback.window.MediaView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Writes a media playlist.
 *
 * <p>A hole is a discontinuity with a new map and date, never {@code EXT-X-GAP}, at which hls.js
 * stops. The map is written when it changes or a discontinuity asks for it again.
 *
 * <p>Not thread-safe; one writer per playlist.
 */
final class MediaPlaylistWriter {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int CHARACTERS_PER_FRAGMENT = 56;

  /**
   * Fragments further than this many target durations from the end are listed without parts
   * (draft-pantos-hls-rfc8216bis section 4.4.4.9).
   */
  private static final int PART_TARGETS_BEHIND_EDGE = 3;

  /** Together with the one under construction there are three, the most that validators accept. */
  private static final int MOST_FRAGMENTS_WITH_PARTS = 2;

  /** The skip boundary in target durations: the least that the draft allows (section 4.4.3.8). */
  private static final int TARGETS_BEFORE_SKIP = 6;

  /** Players add up rounded durations: a date now and then corrects their sum. */
  private static final int FRAGMENTS_PER_DATE = 64;

  /** Players start this far into a fragment: rounding must not lead them to the one before. */
  private static final long INSIDE_NANOS = 100_000_000;

  private final MediaView playlist;
  private final int skipped;
  private final StringBuilder out;
  private String init = "";

  private MediaPlaylistWriter(MediaView playlist, int skipped) {
    this.playlist = playlist;
    this.skipped = skipped;
    int count = playlist.fragments().size() - skipped;
    this.out = new StringBuilder(2048 + count * CHARACTERS_PER_FRAGMENT);
  }

  /** Writes everything that a view shows. */
  static String write(MediaView view) {
    return new MediaPlaylistWriter(view, /* skipped= */ 0).write();
  }

  /** Writes only what a player needs that has the rest already (a delta update). */
  static String writeDelta(MediaView view) {
    return new MediaPlaylistWriter(view, view.ended() ? 0 : skipped(view)).write();
  }

  /**
   * Counts the fragments before the skip boundary (draft-pantos-hls-rfc8216bis section 6.2.5.1).
   */
  private static int skipped(MediaView view) {
    long kept = 0;
    long boundary = skipBoundaryNanos(view.numbering().targetSeconds());
    int index = view.fragments().size();
    while (index > 0 && kept < boundary) {
      index--;
      LineFragment fragment = view.fragments().get(index);
      kept += fragment.endNanos() - fragment.startNanos();
    }
    return index;
  }

  /** Returns the minimum length of the media that a delta update lists, in nanoseconds. */
  private static long skipBoundaryNanos(int targetSeconds) {
    return (long) TARGETS_BEFORE_SKIP * targetSeconds * Ticks.NANOS_PER_SECOND;
  }

  private String write() {
    header();
    List<LineFragment> fragments = playlist.fragments();
    int firstWithParts = firstWithParts();
    for (int i = skipped; i < fragments.size(); i++) {
      fragment(fragments.get(i), i, i >= firstWithParts);
    }
    playlist.open().ifPresent(this::open);
    if (playlist.ended()) {
      out.append("#EXT-X-ENDLIST\n");
    }
    return out.toString();
  }

  private void header() {
    boolean controlled = !playlist.ended();
    out.append("#EXTM3U\n#EXT-X-VERSION:").append(controlled ? 9 : 7).append('\n');
    if (playlist.isIndependent()) {
      out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    }
    switch (playlist.growth()) {
      case COMPLETE -> out.append("#EXT-X-PLAYLIST-TYPE:VOD\n");
      case EVENT -> out.append("#EXT-X-PLAYLIST-TYPE:EVENT\n");
      case PORTION -> out.append("#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-START:TIME-OFFSET=0\n");
      case LIVE -> {}
    }
    playlist.syncDistanceNanos().ifPresent(this::start);
    MediaView.Numbering numbering = playlist.numbering();
    out.append("#EXT-X-TARGETDURATION:").append(numbering.targetSeconds()).append('\n');
    if (controlled) {
      serverControl();
    }
    out.append("#EXT-X-MEDIA-SEQUENCE:").append(numbering.mediaSequence()).append('\n');
    if (numbering.discontinuitySequence() > 0) {
      out.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
          .append(numbering.discontinuitySequence())
          .append('\n');
    }
    if (skipped > 0) {
      out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(skipped).append('\n');
    }
  }

  /** Lets players join just after the beginning of the newest fragment that stands alone. */
  private void start(long syncDistanceNanos) {
    if (playlist.growth() != Growth.PORTION) {
      out.append("#EXT-X-START:TIME-OFFSET=-");
      decimal(Math.max(0, syncDistanceNanos - INSIDE_NANOS), Ticks.NANOS_PER_SECOND);
      out.append('\n');
    }
  }

  private void serverControl() {
    out.append("#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=")
        .append(TARGETS_BEFORE_SKIP * playlist.numbering().targetSeconds())
        .append(".0,CAN-BLOCK-RELOAD=YES");
    if (playlist.lowLatency()) {
      int partMillis = playlist.numbering().partMillis();
      out.append(",PART-HOLD-BACK=");
      decimal(partMillis * 3L, 1000);
      out.append("\n#EXT-X-PART-INF:PART-TARGET=");
      decimal(partMillis, 1000);
    }
    out.append('\n');
  }

  private int firstWithParts() {
    if (!playlist.lowLatency()) {
      return playlist.fragments().size();
    }
    long limit =
        (long) playlist.numbering().targetSeconds()
            * PART_TARGETS_BEHIND_EDGE
            * Ticks.NANOS_PER_SECOND;
    int count = playlist.fragments().size();
    int index = count;
    long distance = 0;
    while (index > 0 && count - index < MOST_FRAGMENTS_WITH_PARTS) {
      LineFragment fragment = playlist.fragments().get(index - 1);
      distance += fragment.endNanos() - fragment.startNanos();
      if (distance > limit) {
        return index;
      }
      index--;
    }
    return index;
  }

  private void fragment(LineFragment fragment, int index, boolean withParts) {
    opening(fragment, index);
    if (withParts) {
      parts(fragment, playlist.parts(fragment));
    }
    out.append("#EXTINF:");
    decimal(fragment.durationTicks(), fragment.track().timescale());
    out.append(",\n");
    MediaAddress.appendFragment(
        out, fragment.segment().folder(), fragment.track().id(), fragment.number());
    out.append('\n');
  }

  private void opening(LineFragment fragment, int index) {
    boolean breaks = fragment.discontinuity() && index > 0;
    if (breaks) {
      out.append("#EXT-X-DISCONTINUITY\n");
    }
    // After a skip too: hls.js loses the date there, and fails when only a later one is given.
    boolean mapped = breaks || index == skipped || !fragment.track().init().equals(init);
    if (mapped) {
      init = fragment.track().init();
      out.append("#EXT-X-MAP:URI=\"").append(fragment.track().initAddress()).append("\"\n");
    }
    if (mapped || (playlist.numbering().mediaSequence() + index) % FRAGMENTS_PER_DATE == 0) {
      out.append("#EXT-X-PROGRAM-DATE-TIME:")
          .append(DATE_TIME.format(Instant.ofEpochSecond(0, fragment.startNanos())))
          .append('\n');
    }
  }

  private void open(MediaView.Open open) {
    if (!open.parts().isEmpty()) {
      opening(open.fragment(), playlist.fragments().size());
      parts(open.fragment(), open.parts());
    }
    if (open.nextPart().isPresent()) {
      out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"");
      part(open.fragment(), open.nextPart().get());
      out.append("\"\n");
    }
  }

  /**
   * Lists parts. After whole fragments, hls.js goes on with a part that is marked as standing
   * alone, or with any part if none is marked. So no part is marked while the fragment under
   * construction needs the one before it.
   */
  private void parts(LineFragment fragment, List<LiveRow.NumberedPart> parts) {
    boolean marked = playlist.open().map(open -> open.fragment().independent()).orElse(true);
    for (LiveRow.NumberedPart part : parts) {
      out.append("#EXT-X-PART:DURATION=");
      decimal(part.part().durationTicks(), fragment.track().timescale());
      out.append(",URI=\"");
      part(fragment, part.number());
      out.append('"');
      if (marked && part.part().independent()) {
        out.append(",INDEPENDENT=YES");
      }
      out.append('\n');
    }
  }

  private void part(LineFragment fragment, int number) {
    MediaAddress.appendPart(out, fragment.segment().folder(), fragment.track().id(), number);
  }

  /** Writes seconds with five decimals, without floating point. */
  private void decimal(long ticks, long timescale) {
    long scaled = Ticks.convertRounded(ticks, timescale, 100_000);
    out.append(scaled / 100_000).append('.');
    String digits = Long.toString(scaled % 100_000);
    out.append("00000", 0, 5 - digits.length()).append(digits);
  }
}
