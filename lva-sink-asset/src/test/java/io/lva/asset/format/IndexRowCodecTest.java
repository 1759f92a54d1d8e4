package io.lva.asset.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.archive.Mutations;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.index.TrackRow;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class IndexRowCodecTest {
  static final Instant START = Instant.parse("2026-11-22T10:00:00.123456789Z");
  private static final RunId RUN = new RunId("abc234yz");

  public static SegmentRow segment() {
    long base = 1_795_341_600L;
    return new SegmentRow(
        0,
        RUN,
        3,
        7,
        SegmentName.completePath(START, RUN, 7),
        1_234_567_890_123L,
        true,
        true,
        List.of(
            new TrackRow(
                1,
                90_000,
                base * 90_000,
                0,
                "3ddf1230",
                "avc1.64001F",
                1280,
                720,
                Fragments.builder()
                    .add(1200, 1_000_000, 180_000)
                    .add(Long.MAX_VALUE - Integer.MAX_VALUE, Integer.MAX_VALUE, 1L << 40)
                    .build()),
            new TrackRow(
                2, 48_000, base * 48_000, 17, "8d72fbf4", "mp4a.40.2", 0, 0, Fragments.empty())));
  }

  private static SegmentRow dependentFragments() {
    SegmentRow row = segment();
    TrackRow video = row.master();
    Fragments fragments =
        Fragments.builder()
            .add(1200, 1_000, 180_000)
            .add(2200, 1_000, 540_000)
            .add(3200, 1_000, 540_000)
            .dependent(1)
            .dependent(2)
            .build();
    TrackRow track =
        new TrackRow(1, 90_000, video.base(), 0, video.init(), video.codec(), 1280, 720, fragments);
    return new SegmentRow(
        2, RUN, 3, 7, row.file(), 4200, true, false, List.of(track, row.tracks().get(1)));
  }

  static List<IndexRow> rows() {
    Gap gap = Gap.open("g \"1\" ü", START, GapOrigin.START_UP, GapCause.PACKET_LOSS);
    Gap closed = gap.because(GapCause.WAITING_FOR_SYNC).closedAt(START.plusNanos(1));
    return List.of(
        segment(),
        dependentFragments(),
        new GapOpenRow(gap),
        new GapCloseRow(closed, false),
        new GapCloseRow(closed, true),
        new TombstoneRow(
            RUN, 7, segment().file(), START, START.plusSeconds(30), GapCause.RETENTION));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void parseLine_everyKind_isTheRowThatWasWritten(IndexRow row) throws AssetFormatException {
    byte[] line = IndexRowCodec.toLine(row, 0);
    assertThat(new String(line, UTF_8)).startsWith("{\"row\":\"").endsWith("}\n");
    assertThat(IndexRowCodec.parseLine(line)).isEqualTo(row).hasSameHashCodeAs(row);
    assertThat(IndexRowCodec.parseLine(IndexRowCodec.toLine(row, 0)).key()).isEqualTo(row.key());
  }

  @Test
  void toLine_segment_isWhatTheFormatSays() {
    assertThat(new String(IndexRowCodec.toLine(segment(), 0), UTF_8))
        .startsWith(
            "{\"row\":\"segment\",\"epoch\":0,\"run\":\"abc234yz\",\"runNumber\":3,\"sequence\":7,\"file\":"
                + "\"2026/11/22/10/20261122T100000.123Z-abc234yz-00007.mp4\",\"bytes\":1234567890123,"
                + "\"continues\":true,\"unsyncedStart\":true,\"tracks\":[{\"id\":1,\"timescale\":90000,"
                + "\"base\":161580744000000,\"start\":0,\"init\":\"3ddf1230\",\"codec\":\"avc1.64001F\","
                + "\"width\":1280,\"height\":720,\"fragments\":[1200,1000000,180000,");
  }

  @Test
  void parseLine_dependentFragmentThatIsNotThere_isRefused() {
    String line = new String(IndexRowCodec.toLine(dependentFragments(), 2), UTF_8);
    assertThat(line).contains("\"dependent\":[1,2]");
    for (String wrong : List.of("[1,3]", "[0]", "[-1]", "[2147483648]", "[{}]", "7")) {
      byte[] bytes = line.replace("[1,2]", wrong).getBytes(UTF_8);
      assertThatThrownBy(() -> IndexRowCodec.parseLine(bytes))
          .isInstanceOf(AssetFormatException.class);
    }
  }

  @Test
  void parseLine_unknownFields_areIgnored() throws AssetFormatException {
    String line = new String(IndexRowCodec.toLine(segment(), 0), UTF_8);
    String later =
        line.replace("\"bytes\"", "\"later\":{\"a\":[1,{}]},\"bytes\"")
            .replace("\"init\"", "\"later\":[[]],\"init\"");
    assertThat(IndexRowCodec.parseLine(later.getBytes(UTF_8))).isEqualTo(segment());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"row\":\"later\"}",
        "{\"row\":\"segment\"}",
        "{\"row\":\"gap-open\",\"id\":\"\",\"start\":\"2026-11-22T10:00:00Z\",\"origin\":\"source\",\"causes\":[\"late\"]}",
        "{\"row\":\"gap-open\",\"id\":\"a\",\"start\":\"2026-11-22T10:00:00Z\",\"origin\":\"source\",\"causes\":[]}",
        "{\"row\":\"gap-open\",\"id\":\"a\",\"start\":\"2026-11-22T10:00:00Z\",\"origin\":\"source\",\"causes\":[\"x\"]}",
        "{\"row\":\"gap-open\",\"id\":\"a\",\"start\":\"+999999-01-01T00:00:00Z\",\"origin\":\"source\",\"causes\":[\"late\"]}",
        "{\"row\":\"gap-close\",\"id\":\"a\",\"start\":\"2026-11-22T10:00:00Z\",\"origin\":\"source\",\"causes\":[\"late\"]}",
        "{\"row\":\"tombstone\",\"run\":\"abc234yz\",\"sequence\":7,\"file\":\"../../etc/passwd\",\"start\":\"2026-11-22T10:00:00Z\",\"end\":\"2026-11-22T10:00:01Z\",\"cause\":\"retention\"}",
      })
  void parseLine_anythingElse_isRefused(String line) {
    assertThatThrownBy(() -> IndexRowCodec.parseLine(line.getBytes(UTF_8)))
        .isInstanceOf(AssetFormatException.class);
  }

  @Test
  void parseLines_tornAtAnyByte_givesTheRowsBefore() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    rows().forEach(row -> lines.writeBytes(IndexRowCodec.toLine(row, 0)));
    byte[] all = lines.toByteArray();
    int whole = 0;
    for (int length = 0; length <= all.length; length++) {
      List<IndexRow> found = new ArrayList<>();
      IndexRowCodec.Skipped skipped =
          IndexRowCodec.parseLines(Arrays.copyOf(all, length), found::add);
      whole += length > 0 && all[length - 1] == '\n' ? 1 : 0;
      assertThat(found).isEqualTo(rows().subList(0, whole));
      assertThat(skipped.malformedLines()).isZero();
    }
    assertThat(whole).isEqualTo(rows().size());
  }

  @Test
  void parseLines_malformedLineBetween_isSkippedAndCounted() {
    byte[] lines =
        ("\n{\"row\":\n\0\0\0\n" + new String(IndexRowCodec.toLine(segment(), 0), UTF_8))
            .getBytes(UTF_8);
    List<IndexRow> found = new ArrayList<>();
    assertThat(IndexRowCodec.parseLines(lines, found::add).malformedLines()).isEqualTo(2);
    assertThat(found).containsExactly(segment());
  }

  @Test
  void parseLines_mutatedLines_neverFail() {
    Random random = new Random(7);
    List<byte[]> seeds = rows().stream().map(row -> IndexRowCodec.toLine(row, 7)).toList();
    for (int i = 0; i < 10_000; i++) {
      byte[] mutated = Mutations.of(seeds.get(random.nextInt(seeds.size())), random);
      IndexRowCodec.parseLines(mutated, row -> assertThat(row.start()).isNotNull());
    }
  }
}
