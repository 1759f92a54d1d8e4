package io.lva.playback;

import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.asset.RunSection.TrackSection;
import io.lva.media.Ticks;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The playlist a player begins with (RFC 8216 section 4.3.4): it names the codecs and leads to the
 * playlist of the pictures.
 */
final class MultivariantPlaylist {
  private static final int BITS_PER_BYTE = 8;
  private static final int MOST_CODECS = 4;

  private MultivariantPlaylist() {}

  /**
   * Writes the playlist.
   *
   * @param sections what it shows, not empty
   * @param video address of the playlist of the pictures
   */
  static String write(List<RunSection> sections, String video) {
    long peak = 0;
    long bytes = 0;
    long nanos = 0;
    int width = 0;
    int height = 0;
    Set<String> codecs = new TreeSet<>();
    for (RunSection section : sections) {
      TrackSection master = section.master();
      codecs.add(master.track().codec());
      if ((long) master.track().width() * master.track().height() > (long) width * height) {
        width = master.track().width();
        height = master.track().height();
      }
      for (Fragment fragment : master.fragments()) {
        peak = Math.max(peak, bitRate(fragment));
        bytes += fragment.lengthBytes();
        nanos +=
            Ticks.convert(
                fragment.durationTicks(), fragment.track().timescale(), Ticks.NANOS_PER_SECOND);
      }
    }
    long average =
        nanos == 0 ? peak : BITS_PER_BYTE * bytes * 1000 / Math.max(1, nanos / 1_000_000);
    StringBuilder out = new StringBuilder(512);
    out.append("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    out.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(Math.max(1, Math.max(peak, average)));
    out.append(",AVERAGE-BANDWIDTH=").append(Math.max(1, average));
    out.append(",CODECS=\"");
    out.append(String.join(",", codecs.stream().limit(MOST_CODECS).toList())).append('"');
    if (width > 0) {
      out.append(",RESOLUTION=").append(width).append('x').append(height);
    }
    return out.append('\n').append(video).append('\n').toString();
  }

  private static long bitRate(Fragment fragment) {
    long ticks = fragment.durationTicks();
    // The last fragment of a file may be a single picture, whose rate says nothing.
    return ticks * 2 < fragment.track().timescale()
        ? 0
        : Ticks.convert(
            (long) BITS_PER_BYTE * fragment.lengthBytes(), ticks, fragment.track().timescale());
  }
}
