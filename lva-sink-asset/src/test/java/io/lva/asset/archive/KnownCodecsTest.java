package io.lva.asset.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownCodecsTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final RunId RUN = RunId.random();

  private final KnownCodecs codecs = new KnownCodecs();

  private static SegmentRow row(int sequence, String init, String codec) {
    Fragments fragments = Fragments.builder().add(1000, 500, 90_000).build();
    String file = SegmentName.completePath(START.plusSeconds(sequence), RUN, sequence);
    TrackRow track = new TrackRow(1, 90_000, 0, 0, init, codec, 320, 240, fragments);
    return new SegmentRow(1, RUN, 0, sequence, file, 1500, true, false, List.of(track));
  }

  @Test
  void complete_sameInitOfAnUnknownCodec_getsTheWholeName() {
    codecs.note(row(0, "00000001", "xyz1.20.9"));

    assertThat(codecs.complete(row(0, "00000001", "xyz1")))
        .isEqualTo(row(0, "00000001", "xyz1.20.9"));
    assertThat(codecs.complete(row(7, "00000001", "xyz1")))
        .isEqualTo(row(7, "00000001", "xyz1.20.9"));
  }

  @Test
  void complete_anotherInit_staysAsTheFileHasIt() {
    codecs.note(row(0, "00000001", "xyz1.20.9"));

    assertThat(codecs.complete(row(1, "00000002", "xyz1"))).isEqualTo(row(1, "00000002", "xyz1"));
  }

  @Test
  void complete_anotherSampleEntry_staysAsTheFileHasIt() {
    codecs.note(row(0, "00000001", "xyz1.20.9"));

    assertThat(codecs.complete(row(0, "00000001", "xyz2"))).isEqualTo(row(0, "00000001", "xyz2"));
  }

  /** The file tells everything about a codec that is registered here; the index may be wrong. */
  @Test
  void complete_knownCodec_staysAsTheFileHasIt() {
    codecs.note(row(0, "00000001", "avc1.640028"));

    assertThat(codecs.complete(row(0, "00000001", "avc1"))).isEqualTo(row(0, "00000001", "avc1"));
  }
}
