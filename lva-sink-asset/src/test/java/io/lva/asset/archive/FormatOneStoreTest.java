package io.lva.asset.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.RunSection;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.index.RunId;
import io.lva.asset.index.TimeRange;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.GapCause;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of the first version of the format, recorded by the program that wrote that version. */
class FormatOneStoreTest {
  private static final Path RECORDED = Path.of("src/test/resources/store-format-1");
  private static final Instant START = Instant.parse("2026-11-28T19:35:10Z");
  private static final Instant LATER = START.plus(Duration.ofHours(1));
  private static final RunId RUN = new RunId("vaxlf6xd");

  @TempDir private Path root;

  private DiskAssetStore store = new DiskAssetStore(RECORDED, FileOps.disk());
  private AssetView view = new AssetView(store, "door");

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(RECORDED)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = root.resolve(RECORDED.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    store = new DiskAssetStore(root, FileOps.disk());
    view = new AssetView(store, "door");
  }

  private AssetReport verify() throws IOException {
    return AssetVerifier.verify(view.store(), view.folder(), hour -> {});
  }

  @Test
  void verify_oldStore_isSound() throws IOException {
    AssetReport report = verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.segments()).isEqualTo(1);
  }

  @Test
  void open_oldStore_goesOnAndVerifies() throws IOException {
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "door", Clock.system()), LATER, true)) {
      recorder.segment(8);
      recorder.stop();
    }
    AssetReport report = verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.runs()).hasSize(2);
    assertThat(view.description().format()).isEqualTo(2);
    try (AssetReader reader = AssetReader.open(store, "door")) {
      List<RunSection> sections = reader.sections(START, LATER.plusSeconds(60));
      assertThat(sections).extracting(RunSection::runNumber).containsExactly(0, 1);
      assertThat(sections.get(0).run()).isEqualTo(RUN);
      assertThat(sections.get(0).master().fragments().get(0).segment().epoch()).isZero();
      assertThat(sections.get(1).master().fragments().get(0).segment().epoch()).isEqualTo(1);
      List<TimeRange> ranges = reader.ranges(START, LATER.plusSeconds(60));
      assertThat(ranges).hasSize(2);
      assertThat(reader.gaps(ranges.get(0).end(), LATER))
          .anySatisfy(gap -> assertThat(gap.gap().causes()).contains(GapCause.OPERATOR));
    }
  }

  @Test
  void repair_oldStore_losesNothing() throws IOException {
    Files.delete(root.resolve("door/index/coverage.json"));
    Files.delete(root.resolve("door/index/20261128.jsonl"));
    AssetReport report = AssetVerifier.repair(view.store(), view.folder(), hour -> {});
    assertThat(report.problems()).isEmpty();
    assertThat(report.segments()).isEqualTo(1);
    assertThat(view.index(LocalDate.of(2026, 11, 28)).segments()).hasSize(1);
  }
}
