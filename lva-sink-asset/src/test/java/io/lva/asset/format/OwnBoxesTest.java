package io.lva.asset.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.archive.Mutations;
import io.lva.asset.format.OriginBox.TrackBase;
import io.lva.asset.index.RunId;
import io.lva.media.Bytes;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.UtcSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnBoxesTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00.123456789Z");
  private static final Gap GAP =
      Gap.open("g1", START, GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE)
          .because(GapCause.WAITING_FOR_SYNC)
          .closedAt(START.plusSeconds(12));
  private static final OriginBox ORIGIN =
      new OriginBox(
          0,
          new RunId("abc234yz"),
          5,
          17,
          List.of(new TrackBase(1, 90_000, 161_580_744_000_000L), new TrackBase(2, 8000, 14)),
          UtcSource.SENDER_REPORT,
          50_000_000,
          List.of(GAP, new Gap("g2", START, Optional.of(START), GapOrigin.QUEUE, GAP.causes())),
          true,
          Optional.of("00ff".repeat(16)));

  @Test
  void parse_origin_isWhatWasWritten() throws AssetFormatException {
    assertThat(OriginBox.parse(ORIGIN.toPayload())).isEqualTo(ORIGIN);
    assertThat(OriginBox.isOrigin(ORIGIN.toPayload())).isTrue();
    OriginBox plain =
        new OriginBox(
            0,
            ORIGIN.run(),
            0,
            0,
            ORIGIN.tracks(),
            UtcSource.ARRIVAL,
            0,
            List.of(),
            false,
            Optional.empty());
    assertThat(new String(plain.toPayload().toByteArray(), UTF_8))
        .isEqualTo(
            "{\"kind\":\"origin\",\"format\":2,\"epoch\":0            ," // room for the highest
                // epoch
                + "\"run\":\"abc234yz\",\"runNumber\":0,\"sequence\":0,"
                + "\"tracks\":[{\"id\":1,\"timescale\":90000,\"base\":161580744000000},"
                + "{\"id\":2,\"timescale\":8000,\"base\":14}],"
                + "\"utcSource\":\"arrival\",\"utcErrorNanos\":0}");
    assertThat(OriginBox.parse(plain.toPayload())).isEqualTo(plain);
  }

  @Test
  void parse_gap_isWhatWasWritten() throws AssetFormatException {
    GapBox box = new GapBox(GAP);
    assertThat(GapBox.parse(box.toPayload())).isEqualTo(box);
    assertThat(OriginBox.isOrigin(box.toPayload())).isFalse();
    assertThatThrownBy(() -> OriginBox.parse(box.toPayload()))
        .isInstanceOf(AssetFormatException.class);
    assertThatThrownBy(() -> GapBox.parse(ORIGIN.toPayload()))
        .isInstanceOf(AssetFormatException.class);
  }

  @Test
  void parse_laterVersion_isRefusedWithAClearMessage() {
    String later =
        new String(ORIGIN.toPayload().toByteArray(), UTF_8).replace("\"format\":2", "\"format\":3");
    assertThatThrownBy(() -> OriginBox.parse(Bytes.copyOf(later.getBytes(UTF_8))))
        .isInstanceOf(AssetFormatException.class)
        .hasMessageContaining("later version");
  }

  @Test
  void parse_mutated_failsAsDeclared() {
    Random random = new Random(11);
    List<byte[]> seeds =
        List.of(
            ORIGIN.toPayload().toByteArray(),
            new GapBox(GAP).toPayload().toByteArray(),
            new AssetDescription(1, "ü", START).toJson(),
            coverage().toJson());
    for (int i = 0; i < 6_000; i++) {
      byte[] mutated = Mutations.of(seeds.get(i % seeds.size()), random);
      declared(() -> OriginBox.parse(Bytes.copyOf(mutated)));
      declared(() -> GapBox.parse(Bytes.copyOf(mutated)));
      declared(() -> AssetDescription.parse(mutated));
      declared(() -> Coverage.parse(mutated));
    }
  }

  private static Coverage coverage() {
    Coverage coverage = new Coverage();
    TimeRanges ranges = new TimeRanges();
    ranges.add(Utc.nanos(START), Utc.nanos(START.plusSeconds(5)));
    coverage.put(Utc.day(START), new Coverage.Day(17, ranges));
    coverage.noteRun(4);
    return coverage;
  }

  @FunctionalInterface
  private interface Parser {
    Object parse() throws AssetFormatException;
  }

  private static void declared(Parser parser) {
    try {
      assertThat(parser.parse()).isNotNull();
    } catch (AssetFormatException e) {
      assertThat(e).hasMessageNotContaining("\n\n");
    }
  }

  @Test
  void parse_coverage_isWhatWasWritten() throws AssetFormatException {
    Coverage parsed = Coverage.parse(coverage().toJson());
    assertThat(parsed.runs()).isEqualTo(5);
    assertThat(parsed.days()).isEqualTo(coverage().days());
    assertThat(parsed.upToDate(Utc.day(START), 17)).isPresent();
    assertThat(parsed.upToDate(Utc.day(START), 18)).isEmpty();
  }
}
