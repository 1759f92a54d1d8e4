package io.lva.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.IndexFiles;
import io.lva.asset.archive.StoreEdits;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.Fences;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TrackRow;
import io.lva.spi.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month of 30 s segments: what a question costs, counted in files. */
class LargeIndexTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final int DAYS = 30;
  private static final int SEGMENTS_A_DAY = 2880;
  private static final String FOLDER = "camera";
  private static final String WITHOUT_COVERAGE = "camera-2";
  private static final RunId RUN = new RunId("abcdefgh");

  @TempDir private static Path folder;
  private static DiskAssetStore store;

  @BeforeAll
  static void record() throws IOException {
    store = new DiskAssetStore(folder, FileOps.disk());
    Coverage coverage = new Coverage();
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = FIRST.plusDays(day);
      Instant midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant();
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int i = 0; i < SEGMENTS_A_DAY; i++) {
        Instant start = midnight.plusSeconds(30L * i);
        lines.writeBytes(IndexRowCodec.toLine(segment(start, day * SEGMENTS_A_DAY + i), 0));
      }
      for (String asset : List.of(FOLDER, WITHOUT_COVERAGE)) {
        StoreEdits.write(
            store, asset + '/' + AssetLayout.index(date), ByteBuffer.wrap(lines.toByteArray()));
      }
      TimeRanges ranges = new TimeRanges();
      ranges.add(Utc.nanos(midnight), Utc.nanos(midnight.plusSeconds(86_400)));
      coverage.put(date, new Coverage.Day(lines.size(), ranges));
    }
    StoreEdits.write(
        store, FOLDER + '/' + AssetLayout.COVERAGE, ByteBuffer.wrap(coverage.toJson()));
  }

  private static SegmentRow segment(Instant start, int sequence) {
    Fragments.Builder video = Fragments.builder();
    Fragments.Builder audio = Fragments.builder();
    for (int i = 0; i < 15; i++) {
      video.add(1_200 + i * 1_050_000L, 1_049_000, 180_000);
      audio.add(264_000 + i * 1_050_000L, 790_000, 96_000);
    }
    long seconds = start.getEpochSecond();
    return new SegmentRow(
        0,
        RUN,
        0,
        sequence,
        SegmentName.completePath(start, RUN, sequence),
        15_751_200,
        sequence > 0,
        false,
        List.of(
            new TrackRow(
                1,
                90_000,
                seconds * 90_000,
                0,
                "3ddf1230",
                "avc1.64001F",
                1280,
                720,
                video.build()),
            new TrackRow(
                2, 48_000, seconds * 48_000, 0, "8d72fbf4", "mp4a.40.2", 0, 0, audio.build())));
  }

  /** Makes the files of an hour; nobody reads what is in them. */
  private static void makeFiles(String asset, Instant start) throws IOException {
    long first =
        Duration.between(FIRST.atStartOfDay(ZoneOffset.UTC).toInstant(), start).toSeconds() / 30;
    Files.createDirectories(store.path(asset + '/' + SegmentName.hourFolder(start)));
    for (int i = 0; i < 120; i++) {
      String file = SegmentName.completePath(start.plusSeconds(30L * i), RUN, (int) first + i);
      Files.createFile(store.path(asset + '/' + file));
    }
  }

  private static void removeFiles(String asset) throws IOException {
    Path year = store.path(asset + '/' + FIRST.getYear());
    try (Stream<Path> files = Files.walk(year)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static AssetReader reader(String asset) {
    return AssetReader.open(
        List.of(new AssetView(store, asset)), LiveAssets.empty(), Optional.empty(), Clock.system());
  }

  @Test
  void sections_oneHourOfAMonth_readsOneIndexFile() throws IOException {
    for (int hour = 24 * DAYS - 1; hour > 0; hour -= 97) {
      Instant start = FIRST.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(3600L * hour);
      makeFiles(FOLDER, start);
      try (AssetReader reader = reader(FOLDER)) {
        List<RunSection> sections = reader.sections(start, start.plusSeconds(3600));
        assertThat(sections).hasSize(1);
        assertThat(sections.get(0).master().fragments()).hasSize(1800);
        assertThat(reader.indexFilesRead()).isEqualTo(1);
      }
      removeFiles(FOLDER);
    }
  }

  @Test
  void ranges_wholeMonth_readsNoIndexFileWithCoverage() throws IOException {
    Instant start = FIRST.atStartOfDay(ZoneOffset.UTC).toInstant();
    try (AssetReader reader = reader(FOLDER)) {
      Instant end = start.plusSeconds(86_400L * DAYS);
      assertThat(reader.ranges(start, end)).containsExactly(new TimeRange(start, end));
      assertThat(reader.span()).isPresent();
      assertThat(reader.indexFilesRead()).isZero();
    }
  }

  @Test
  void sections_coverageLost_readsOnlyTheDaysAround() throws IOException {
    Instant start = FIRST.plusDays(12).atStartOfDay(ZoneOffset.UTC).toInstant();
    makeFiles(WITHOUT_COVERAGE, start.plusSeconds(3600));
    try (AssetReader reader = reader(WITHOUT_COVERAGE)) {
      assertThat(reader.sections(start.plusSeconds(3600), start.plusSeconds(7200))).hasSize(1);
      assertThat(reader.indexFilesRead()).isLessThanOrEqualTo(3);
    }
    removeFiles(WITHOUT_COVERAGE);
  }

  @Test
  void recover_endOfAMonth_readsOnlyTheTails() throws IOException {
    int rows = 0;
    for (LocalDate date : List.of(FIRST.plusDays(28), FIRST.plusDays(29))) {
      rows +=
          IndexFiles.readTail(
                  store,
                  FOLDER,
                  Objects.requireNonNull(new AssetView(store, FOLDER).indexDays().get(date)),
                  Fences.none())
              .size();
    }
    assertThat(rows).isBetween(100, 300);
  }
}
