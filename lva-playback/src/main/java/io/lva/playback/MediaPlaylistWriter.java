package io.lva.playback;

import io.lva.media.Ticks;
import io.lva.playback.MediaPlaylist.Fragment;
import io.lva.playback.MediaPlaylist.Kind;
import io.lva.playback.MediaPlaylist.LowLatency;
import io.lva.playback.MediaPlaylist.Part;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
  private static final int BYTES_PER_FRAGMENT = 64;

  /** Older fragments lose their parts (draft-pantos-hls-rfc8216bis section 6.2.2). */
  private static final int PART_TARGETS_BEHIND_EDGE = 3;

  private final MediaPlaylist playlist;
  private final StringBuilder out;
  private String initUri = "";

  private MediaPlaylistWriter(MediaPlaylist playlist) {
    this.playlist = playlist;
    this.out = new StringBuilder(1024 + playlist.fragments().size() * BYTES_PER_FRAGMENT);
  }

  static String write(MediaPlaylist playlist) {
    return new MediaPlaylistWriter(playlist).write();
  }

  private String write() {
    header();
    int skipped = playlist.lowLatency().map(LowLatency::skipped).orElse(0);
    int count = playlist.fragments().size();
    int firstWithParts = firstWithParts();
    for (int i = skipped; i < count; i++) {
      fragment(playlist.fragments().get(i), i == 0, i >= firstWithParts);
    }
    playlist.lowLatency().ifPresent(edge -> liveEdge(edge, count == 0));
    if (playlist.kind() == Kind.VOD) {
      out.append("#EXT-X-ENDLIST\n");
    }
    return out.toString();
  }

  private void header() {
    boolean parts = playlist.lowLatency().isPresent();
    out.append("#EXTM3U\n#EXT-X-VERSION:").append(parts ? 9 : 7).append('\n');
    out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    if (playlist.kind() != Kind.LIVE) {
      out.append("#EXT-X-PLAYLIST-TYPE:").append(playlist.kind()).append('\n');
    }
    out.append("#EXT-X-TARGETDURATION:").append(playlist.targetSeconds()).append('\n');
    playlist.lowLatency().ifPresent(this::serverControl);
    out.append("#EXT-X-MEDIA-SEQUENCE:").append(playlist.mediaSequence()).append('\n');
    if (playlist.discontinuitySequence() > 0) {
      out.append("#EXT-X-DISCONTINUITY-SEQUENCE:")
          .append(playlist.discontinuitySequence())
          .append('\n');
    }
    playlist
        .lowLatency()
        .filter(edge -> edge.skipped() > 0)
        .ifPresent(
            edge ->
                out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(edge.skipped()).append('\n'));
  }

  private void serverControl(LowLatency edge) {
    out.append("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=")
        .append(playlist.targetSeconds() * 6)
        .append(".0,PART-HOLD-BACK=");
    decimal(edge.partTargetMillis() * 3L, 1000);
    out.append("\n#EXT-X-PART-INF:PART-TARGET=");
    decimal(edge.partTargetMillis(), 1000);
    out.append('\n');
  }

  private int firstWithParts() {
    long limit = playlist.targetSeconds() * PART_TARGETS_BEHIND_EDGE * Ticks.NANOS_PER_SECOND;
    int index = playlist.fragments().size();
    long behind = 0;
    while (index > 0 && behind < limit) {
      index--;
      Fragment fragment = playlist.fragments().get(index);
      behind +=
          Ticks.convert(fragment.durationTicks(), fragment.timescale(), Ticks.NANOS_PER_SECOND);
    }
    return index;
  }

  private void fragment(Fragment fragment, boolean first, boolean withParts) {
    opening(fragment, first);
    if (withParts) {
      fragment.parts().forEach(this::part);
    }
    out.append("#EXTINF:");
    decimal(fragment.durationTicks(), fragment.timescale());
    out.append(",\n").append(fragment.uri()).append('\n');
  }

  private void opening(Fragment fragment, boolean first) {
    if (fragment.discontinuity() && !first) {
      out.append("#EXT-X-DISCONTINUITY\n");
    }
    if (fragment.discontinuity() || first || !fragment.initUri().equals(initUri)) {
      initUri = fragment.initUri();
      out.append("#EXT-X-MAP:URI=\"").append(initUri).append("\"\n");
      out.append("#EXT-X-PROGRAM-DATE-TIME:")
          .append(DATE_TIME.format(Instant.ofEpochSecond(0, fragment.startNanos())))
          .append('\n');
    }
  }

  private void liveEdge(LowLatency edge, boolean first) {
    edge.open()
        .ifPresent(
            open -> {
              opening(open, first);
              open.parts().forEach(this::part);
            });
    out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"").append(edge.nextPartUri()).append("\"\n");
  }

  private void part(Part part) {
    out.append("#EXT-X-PART:DURATION=");
    decimal(part.durationTicks(), part.timescale());
    out.append(",URI=\"").append(part.uri()).append('"');
    if (part.independent()) {
      out.append(",INDEPENDENT=YES");
    }
    out.append('\n');
  }

  /** Seconds with five decimals, without floating point. */
  private void decimal(long ticks, long timescale) {
    long scaled = Ticks.convertRounded(ticks, timescale, 100_000);
    out.append(scaled / 100_000).append('.');
    String digits = Long.toString(scaled % 100_000);
    out.append("00000", 0, 5 - digits.length()).append(digits);
  }
}
