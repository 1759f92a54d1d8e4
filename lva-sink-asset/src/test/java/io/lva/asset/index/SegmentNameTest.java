package io.lva.asset.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNameTest {
  private static final RunId RUN = new RunId("abc234yz");

  @Test
  void completePath_anyInstant_isReadBack() {
    Instant start = Instant.parse("2026-11-22T10:00:00.123456789Z");
    String name = SegmentName.completePath(start, RUN, 7);
    assertThat(name).isEqualTo("2026/11/22/10/20261122T100000.123Z-abc234yz-00007.mp4");
    assertThat(SegmentName.parse(name))
        .contains(new SegmentName(Instant.parse("2026-11-22T10:00:00.123Z"), RUN, 7, false));
    String part = SegmentName.partPath(start, RUN, 123_456);
    assertThat(SegmentName.parse(part).orElseThrow().path()).isEqualTo(part);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "asset.json",
        "../2026/11/22/10/20261122T100000.123Z-abc234yz-00007.mp4",
        "2026/11/22/10/../20261122T100000.123Z-abc234yz-00007.mp4",
        "/2026/11/22/10/20261122T100000.123Z-abc234yz-00007.mp4",
        "2026/11/22/11/20261122T100000.123Z-abc234yz-00007.mp4",
        "2026/11/31/10/20261131T100000.123Z-abc234yz-00007.mp4",
        "2026/11/22/10/20261122T100060.123Z-abc234yz-00007.mp4",
        "2026/11/22/10/20261122T100000.123Z-abc234y1-00007.mp4",
        "2026/11/22/10/20261122T100000.123Z-abc234yz-0007.mp4",
        "2026/11/22/10/20261122T100000.123Z-abc234yz-000007.mp4",
        "2026/11/22/10/20261122T100000.123Z-abc234yz-00007.mp4.tmp",
        "2026/11/22/10/20261122T100000.123Z-abc234yz-00007.mp4\n",
      })
  void parse_anythingElse_isNone(String name) {
    assertThat(SegmentName.parse(name)).isEmpty();
  }
}
