package io.lva.playback;

import io.lva.media.Ticks;
import io.lva.playback.MediaPlaylist.Kind;
import io.lva.playback.MediaPlaylist.LowLatency;
import io.lva.playback.MediaPlaylist.Open;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Writes a media playlist.
 *
 * <p>A hole is a discontinuity with a new map and date, never {@code EXT-X-GAP}: hls.js stops at
 * that one. The map is written when it changes or a discontinuity asks for it again.
 *
 * <p>Not thread-safe; one writer a playlist.
 */
final class MediaPlaylistWriter {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int CHARACTERS_PER_FRAGMENT = 56;

  /** Older fragments lose their parts (draft-pantos-hls-rfc8216bis section 4.4.4.9). */
  private static final int PART_TARGETS_BEHIND_EDGE = 3;

  /** With the one under construction these are three, the most that judges of playlists allow. */
  private static final int MOST_FRAGMENTS_WITH_PARTS = 2;

  /** The least that the draft allows (section 4.4.3.8). */
  private static final int TARGETS_BEFORE_SKIP = 6;

  /** Players add up rounded durations: a date now and then keeps them together. */
  private static final int FRAGMENTS_PER_DATE = 64;

  private final MediaPlaylist playlist;
  private final StringBuilder out;
  private String init = "";

  private MediaPlaylistWriter(MediaPlaylist playlist) {
    this.playlist = playlist;
    int count = playlist.fragments().size() - playlist.skipped();
    this.out = new StringBuilder(2048 + count * CHARACTERS_PER_FRAGMENT);
  }

  static String write(MediaPlaylist playlist) {
    return new MediaPlaylistWriter(playlist).write();
  }

  /** Returns how much of its end a playlist keeps when it leaves out its begin. */
  static long skipBoundaryNanos(int targetSeconds) {
    return (long) TARGETS_BEFORE_SKIP * targetSeconds * Ticks.NANOS_PER_SECOND;
  }

  private String write() {
    header();
    List<LineFragment> fragments = playlist.fragments();
    int skipped = playlist.skipped();
    int firstWithParts = firstWithParts();
    for (int i = skipped; i < fragments.size(); i++) {
      fragment(fragments.get(i), i, i >= firstWithParts);
    }
    playlist.lowLatency().flatMap(LowLatency::open).ifPresent(this::open);
    if (playlist.ended()) {
      out.append("#EXT-X-ENDLIST\n");
    }
    return out.toString();
  }

  private void header() {
    boolean controlled = !playlist.ended();
    out.append("#EXTM3U\n#EXT-X-VERSION:").append(controlled ? 9 : 7).append('\n');
    out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    if (!playlist.kind().type().isEmpty()) {
      out.append("#EXT-X-PLAYLIST-TYPE:").append(playlist.kind().type()).append('\n');
    }
    if (playlist.kind() == Kind.PORTION) {
      out.append("#EXT-X-START:TIME-OFFSET=0\n");
    }
    out.append("#EXT-X-TARGETDURATION:").append(playlist.targetSeconds()).append('\n');
    if (controlled) {
      serverControl();
    }
    out.append("#EXT-X-MEDIA-SEQUENCE:").append(playlist.mediaSequence()).append('\n');
    if (playlist.discontinuitySequence() > 0) {
      out.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
          .append(playlist.discontinuitySequence())
          .append('\n');
    }
    if (playlist.skipped() > 0) {
      out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(playlist.skipped()).append('\n');
    }
  }

  private void serverControl() {
    out.append("#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=")
        .append(TARGETS_BEFORE_SKIP * playlist.targetSeconds())
        .append(".0,CAN-BLOCK-RELOAD=YES");
    playlist
        .lowLatency()
        .ifPresent(
            edge -> {
              out.append(",PART-HOLD-BACK=");
              decimal(edge.partMillis() * 3L, 1000);
              out.append("\n#EXT-X-PART-INF:PART-TARGET=");
              decimal(edge.partMillis(), 1000);
            });
    out.append('\n');
  }

  private int firstWithParts() {
    if (playlist.lowLatency().isEmpty()) {
      return playlist.fragments().size();
    }
    long limit =
        (long) playlist.targetSeconds() * PART_TARGETS_BEHIND_EDGE * Ticks.NANOS_PER_SECOND;
    int count = playlist.fragments().size();
    int index = count;
    long behind = 0;
    while (index > 0 && count - index < MOST_FRAGMENTS_WITH_PARTS) {
      LineFragment fragment = playlist.fragments().get(index - 1);
      behind += fragment.endNanos() - fragment.startNanos();
      if (behind > limit) {
        return index;
      }
      index--;
    }
    return index;
  }

  private void fragment(LineFragment fragment, int index, boolean withParts) {
    opening(fragment, index);
    if (withParts) {
      playlist.lowLatency().ifPresent(live -> parts(fragment, live.parts(fragment)));
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
    // Behind a skip too: hls.js loses the date there, and fails when only a later one is given.
    boolean mapped = breaks || index == playlist.skipped() || !fragment.track().init().equals(init);
    if (mapped) {
      init = fragment.track().init();
      out.append("#EXT-X-MAP:URI=\"").append(fragment.track().initAddress()).append("\"\n");
    }
    if (mapped || (playlist.mediaSequence() + index) % FRAGMENTS_PER_DATE == 0) {
      out.append("#EXT-X-PROGRAM-DATE-TIME:")
          .append(DATE_TIME.format(Instant.ofEpochSecond(0, fragment.startNanos())))
          .append('\n');
    }
  }

  private void open(Open open) {
    if (!open.parts().isEmpty()) {
      opening(open.fragment(), playlist.fragments().size());
      parts(open.fragment(), open.parts());
    }
    out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"");
    part(open.fragment(), open.nextPart());
    out.append("\"\n");
  }

  private void parts(LineFragment fragment, List<LiveRow.Part> parts) {
    for (LiveRow.Part part : parts) {
      out.append("#EXT-X-PART:DURATION=");
      decimal(part.part().durationTicks(), fragment.track().timescale());
      out.append(",URI=\"");
      part(fragment, part.number());
      out.append('"');
      if (part.part().independent()) {
        out.append(",INDEPENDENT=YES");
      }
      out.append('\n');
    }
  }

  private void part(LineFragment fragment, int number) {
    MediaAddress.appendPart(out, fragment.segment().folder(), fragment.track().id(), number);
  }

  /** Seconds with five decimals, without floating point. */
  private void decimal(long ticks, long timescale) {
    long scaled = Ticks.convertRounded(ticks, timescale, 100_000);
    out.append(scaled / 100_000).append('.');
    String digits = Long.toString(scaled % 100_000);
    out.append("00000", 0, 5 - digits.length()).append(digits);
  }
}
