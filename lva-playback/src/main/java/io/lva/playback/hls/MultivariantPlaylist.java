package io.lva.playback.hls;

import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.playback.window.Rates;
import io.lva.playback.window.TrackKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The playlist a player begins with (RFC 8216 section 4.3.4): it names the codecs and leads to the
 * playlists of pictures and sound.
 */
final class MultivariantPlaylist {
  private static final int MOST_CODECS = 4;

  private MultivariantPlaylist() {}

  /**
   * Writes the playlist.
   *
   * @param sections what it shows, not empty
   * @param grows whether fragments may follow; some of them may need earlier ones, and players ask
   *     for this playlist only once
   * @param rest what follows {@code video} and {@code audio} in the addresses of their playlists
   */
  static String write(List<RunSection> sections, boolean grows, String rest) {
    Rates video = new Rates(TrackKind.VIDEO, sections);
    Rates audio = new Rates(TrackKind.AUDIO, sections);
    StringBuilder out = new StringBuilder(512);
    out.append("#EXTM3U\n#EXT-X-VERSION:7\n");
    if (!grows && independent(sections)) {
      out.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    }
    boolean both = video.isPresent() && audio.isPresent();
    if (both) {
      out.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"audio\",DEFAULT=YES")
          .append(",AUTOSELECT=YES,URI=\"audio")
          .append(rest)
          .append("\"\n");
    }
    out.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(Math.max(1, video.peak() + audio.peak()));
    out.append(",AVERAGE-BANDWIDTH=").append(Math.max(1, video.average() + audio.average()));
    Set<String> codecs = new TreeSet<>(video.codecs());
    codecs.addAll(audio.codecs());
    out.append(",CODECS=\"");
    out.append(String.join(",", codecs.stream().limit(MOST_CODECS).toList())).append('"');
    if (video.width() > 0) {
      out.append(",RESOLUTION=").append(video.width()).append('x').append(video.height());
    }
    if (both) {
      out.append(",AUDIO=\"audio\"");
    }
    out.append('\n').append(video.isPresent() ? "video" : "audio").append(rest).append('\n');
    return out.toString();
  }

  private static boolean independent(List<RunSection> sections) {
    return sections.stream()
        .allMatch(section -> section.master().fragments().stream().allMatch(Fragment::independent));
  }
}
