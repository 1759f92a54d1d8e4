package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LivePlaylistTest {
  private static final URI ADDRESS = URI.create("http://host/c-1/content.ism/video.m3u8");
  private static final String TEXT =
      """
      #EXTM3U
      #EXT-X-MEDIA-SEQUENCE:7
      #EXTINF:2.00000,
      f7.m4s
      #EXT-X-PART:DURATION=0.50000,URI="f8.p0.m4s",INDEPENDENT=YES
      #EXTINF:2.00000,
      f8.m4s
      #EXT-X-PART:DURATION=0.50000,URI="f9.p0.m4s",INDEPENDENT=YES
      #EXT-X-PRELOAD-HINT:TYPE=PART,URI="f9.p1.m4s"
      """;

  @Test
  void reload_nothingSeen_asksForWhatIsThere() {
    assertThat(LivePlaylist.NOTHING.reload(ADDRESS)).isEqualTo(ADDRESS);
  }

  @Test
  void reload_afterPlaylist_asksForOnePartMore() {
    assertThat(LivePlaylist.parse(TEXT).reload(ADDRESS))
        .isEqualTo(URI.create(ADDRESS + "?_HLS_msn=9&_HLS_part=1"));
  }

  @Test
  void partsBehind_newPart_isItAlone() {
    LivePlaylist before = LivePlaylist.parse(TEXT);
    LivePlaylist after =
        LivePlaylist.parse(TEXT + "#EXT-X-PART:DURATION=0.50000,URI=\"f9.p1.m4s\"\n");
    assertThat(after.partsBehind(before)).containsExactly("f9.p1.m4s");
    assertThat(after.partsBehind(LivePlaylist.NOTHING)).isEmpty();
  }
}
