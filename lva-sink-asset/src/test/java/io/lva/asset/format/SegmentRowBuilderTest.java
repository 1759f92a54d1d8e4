package io.lva.asset.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.fmp4.InitSegment;
import io.lva.media.Bytes;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import io.lva.media.codec.H264Parameters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentRowBuilderTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String FILE = "2026/11/22/10/20261122T100000.000Z-abc234yz-00000.mp4";
  private static final Track TRACK =
      ScriptedRecorder.videoTrack(
          H264Parameters.of(
              List.of(Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658")),
              List.of(Bytes.ofHex("68ebe3cb22c0"))));

  private static OriginBox origin(long epoch) {
    return new OriginBox(
        epoch,
        new RunId("abc234yz"),
        0,
        0,
        List.of(new OriginBox.TrackBase(1, ScriptedRecorder.VIDEO, 0)),
        UtcSource.ARRIVAL,
        0,
        List.of(),
        false,
        Optional.empty());
  }

  private static OriginBox ofFormat1() throws AssetFormatException {
    String text = new String(origin(0).toPayload().toByteArray(), StandardCharsets.UTF_8);
    String old = text.replaceFirst("\"format\":2,\"epoch\":0 *", "\"format\":1");
    return OriginBox.parse(Bytes.copyOf(old.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the fragments of ten seconds that begin with the only sync sample. */
  private static Fragments tenSeconds(OriginBox origin) throws AssetFormatException {
    InitSegment head = InitSegment.of(TrackSet.of(TRACK), START);
    SegmentRowBuilder row = new SegmentRowBuilder(head, origin, FILE);
    for (int i = 0; i < 10; i++) {
      long time = (long) i * ScriptedRecorder.VIDEO;
      row.part(1, 1000 + 100L * i, 100, time, ScriptedRecorder.VIDEO, i == 0);
    }
    return row.row(2000).orElseThrow().master().fragments();
  }

  @Test
  void row_longGroupOfPictures_isTwoFragmentsInAnyEpoch() throws AssetFormatException {
    for (long epoch : List.of(0L, 7L)) {
      Fragments fragments = tenSeconds(origin(epoch));
      assertThat(fragments.count()).isEqualTo(2);
      assertThat(fragments.isDependent(1)).isTrue();
    }
  }

  @Test
  void row_longGroupOfPicturesInFormat1_isOneFragment() throws AssetFormatException {
    assertThat(tenSeconds(ofFormat1()).count()).isEqualTo(1);
  }
}
