package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lva.asset.AssetGap;
import io.lva.asset.AssetReader;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of the host is set back by an hour while it records. Nothing is missing by that. */
class ClockSetBackTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant BEGIN = Fixtures.START.minus(Duration.ofHours(3));
  private static final Instant END = Fixtures.START.plus(Duration.ofHours(3));

  @TempDir private Path folder;

  private enum Files {
    IN_MEMORY,
    ON_DISK
  }

  private RecorderRig recordAnHourBack(Files where) {
    RecorderRig rig =
        where == Files.IN_MEMORY
            ? new RecorderRig(
                Path.of("/store"), new MemoryFiles(), RecorderOptions.defaults(), 64 << 20)
            : new RecorderRig(folder, FileOps.disk(), RecorderOptions.defaults(), 64 << 20);
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(70));
    rig.camera.step(HOUR.negated());
    rig.record(Duration.ofSeconds(50));
    rig.end(GapCause.OPERATOR);
    return rig;
  }

  private static AssetReader reader(RecorderRig rig) {
    return AssetReader.openFolder(
        rig.store, rig.view().folder(), rig.live, Optional.empty(), rig.clock);
  }

  private static String missing(SegmentRow row) {
    return "is in the index and missing: media from " + row.start() + " to " + row.end();
  }

  private static List<SegmentRow> rows(RecorderRig rig) throws IOException {
    List<SegmentRow> rows = new ArrayList<>(rig.view().index(Utc.day(Fixtures.START)).segments());
    rows.sort(SegmentRow.BY_RECORDING);
    return rows;
  }

  @ParameterizedTest
  @EnumSource(Files.class)
  void verify_clockSetBack_isNoProblem(Files where) throws IOException {
    RecorderRig rig = recordAnHourBack(where);

    AssetReport report = rig.verify();

    assertThat(report.problems()).isEmpty();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps())
        .flatExtracting(GapReport::causes)
        .containsExactlyInAnyOrder(GapCause.CLOCK_STEP, GapCause.OPERATOR);
  }

  @ParameterizedTest
  @EnumSource(Files.class)
  void repair_clockSetBack_inventsNoLoss(Files where) throws IOException {
    RecorderRig rig = recordAnHourBack(where);
    List<GapReport> before = rig.verify().gaps();

    AssetReport repaired = AssetVerifier.repair(rig.store, RecorderRig.ASSET, hour -> {});

    assertThat(repaired.problems()).isEmpty();
    assertThat(repaired.gaps()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Files.class)
  void gaps_clockSetBack_neverEndBeforeTheyStart(Files where) throws IOException {
    RecorderRig rig = recordAnHourBack(where);
    List<GapReport> reports = rig.verify().gaps();
    for (GapReport gap : reports) {
      assertThat(gap.end().orElse(END)).isAfterOrEqualTo(gap.start());
    }
    assertThat(reports)
        .filteredOn(gap -> !gap.setBack().isZero())
        .singleElement()
        .satisfies(gap -> assertThat(gap.setBack()).isBetween(HOUR.minusSeconds(1), HOUR));
    try (AssetReader reader = reader(rig)) {
      List<AssetGap> gaps = reader.gaps(BEGIN, END);
      assertThat(gaps).hasSize(2);
      for (AssetGap gap : gaps) {
        assertThat(gap.end().orElse(END)).isAfterOrEqualTo(gap.gap().start());
      }
      assertThat(gaps).extracting(AssetGap::setBack).contains(Duration.ZERO);
      assertThat(gaps)
          .filteredOn(gap -> gap.gap().causes().contains(GapCause.CLOCK_STEP))
          .singleElement()
          .satisfies(gap -> assertThat(gap.setBack()).isBetween(HOUR.minusSeconds(1), HOUR));
      // It is found where it happened, too, and not only by a question that has the hour before.
      Instant step = gaps.get(1).gap().start();
      assertThat(reader.gaps(step.minusSeconds(1), step.plusSeconds(1))).contains(gaps.get(1));
    }
  }

  @ParameterizedTest
  @EnumSource(Files.class)
  void newestEnd_clockSetBack_isThatOfTheLaterRun(Files where) throws IOException {
    RecorderRig rig = recordAnHourBack(where);
    try (AssetReader reader = reader(rig)) {
      assertThat(reader.newestEnd()).contains(rig.camera.now());
      assertThat(reader.span().orElseThrow().end()).isAfter(rig.camera.now());
    }
  }

  @ParameterizedTest
  @EnumSource(Files.class)
  void repair_fileBeforeTheStepLost_namesThatHoleAlone(Files where) throws IOException {
    RecorderRig rig = recordAnHourBack(where);
    List<SegmentRow> rows = rows(rig);
    SegmentRow last =
        rows.stream().filter(row -> row.runNumber() == 0).reduce((one, next) -> next).orElseThrow();
    SegmentRow first = rows.stream().filter(row -> row.runNumber() == 1).findFirst().orElseThrow();
    rig.store.files().delete(rig.store.path(rig.view().path(last.file())));
    rig.store.files().delete(rig.store.path(rig.view().path(first.file())));
    // Each names what is missing, and the hole that it leaves is not named again.
    assertThat(rig.verify().problems())
        .extracting(problem -> problem.what())
        .containsExactlyInAnyOrder(missing(last), missing(first));

    AssetReport repaired = AssetVerifier.repair(rig.store, RecorderRig.ASSET, hour -> {});

    assertThat(repaired.problems()).isEmpty();
    assertThat(repaired.gaps())
        .filteredOn(gap -> gap.causes().contains(GapCause.STORAGE_ERROR))
        .extracting(GapReport::start, gap -> gap.end().orElseThrow())
        .containsExactly(tuple(first.start(), first.end()), tuple(last.start(), last.end()));
  }
}
