package io.lva.bench;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The index of an asset of contiguous 30 s segments. Queries by time list files and never open
 * them: the files of the hours that are asked for exist, but are empty.
 *
 * <p>Immutable.
 *
 * @param root a new folder that holds the asset
 * @param days number of days in the index
 */
record SyntheticAsset(Path root, int days) {
  static final String NAME = "camera";
  static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  static final int SEGMENTS_A_DAY = 2880;
  static final int SEGMENTS_AN_HOUR = SEGMENTS_A_DAY / 24;

  private static final int SEGMENT_SECONDS = 86_400 / SEGMENTS_A_DAY;
  private static final int FRAGMENTS = 15;
  private static final int TIMESCALE = 90_000;
  private static final int FRAGMENT_BYTES = 1_050_000;
  private static final RunId RUN = new RunId("abcdefgh");

  /** Writes the index of the days that the segments span. */
  static SyntheticAsset write(int segments) throws IOException {
    int days = (segments + SEGMENTS_A_DAY - 1) / SEGMENTS_A_DAY;
    SyntheticAsset asset = new SyntheticAsset(Files.createTempDirectory("lva-bench"), days);
    AssetDescription description = new AssetDescription(1, NAME, start(0));
    Files.createDirectories(asset.root.resolve(NAME).resolve(AssetLayout.INDEX_FOLDER));
    asset.write(AssetLayout.ASSET_JSON, description.toJson());
    Coverage coverage = new Coverage();
    for (int day = 0; day < days; day++) {
      byte[] lines = asset.lines(day);
      LocalDate date = FIRST_DAY.plusDays(day);
      asset.write(AssetLayout.index(date), lines);
      TimeRanges ranges = new TimeRanges();
      ranges.add(
          Utc.nanos(start(day * SEGMENTS_A_DAY)), Utc.nanos(start((day + 1) * SEGMENTS_A_DAY)));
      coverage.put(date, new Coverage.Day(lines.length, ranges));
    }
    coverage.noteRun(0);
    asset.write(AssetLayout.COVERAGE, coverage.toJson());
    return asset;
  }

  /** Creates the files of an hour, if they do not exist. */
  void makeHour(int hour) throws IOException {
    Path folder = root.resolve(NAME);
    int first = hour * SEGMENTS_AN_HOUR;
    if (!Files.exists(folder.resolve(segment(first).file()))) {
      Files.createDirectories(folder.resolve(SegmentName.hourFolder(start(first))));
      for (int i = first; i < first + SEGMENTS_AN_HOUR; i++) {
        Files.createFile(folder.resolve(segment(i).file()));
      }
    }
  }

  /** Returns a store with this asset, to open readers on. */
  DiskAssetStore store() {
    return new DiskAssetStore(root, FileOps.disk());
  }

  /** Removes everything. */
  void delete() throws IOException {
    delete(root);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Returns the row of a segment of 15 fragments of 2 s. */
  static SegmentRow segment(int number) {
    Fragments.Builder fragments = Fragments.builder();
    for (int i = 0; i < FRAGMENTS; i++) {
      fragments.add(1_200L + (long) i * FRAGMENT_BYTES, FRAGMENT_BYTES, 2 * TIMESCALE);
    }
    Instant start = start(number);
    TrackRow track =
        new TrackRow(
            1,
            TIMESCALE,
            start.getEpochSecond() * TIMESCALE,
            0,
            "3ddf1230",
            "avc1.42C028",
            1920,
            1080,
            fragments.build());
    return new SegmentRow(
        0,
        RUN,
        0,
        number,
        SegmentName.completePath(start, RUN, number),
        1_200L + (long) FRAGMENTS * FRAGMENT_BYTES,
        number > 0,
        false,
        List.of(track));
  }

  /** Returns the start of a segment. */
  static Instant start(int number) {
    return FIRST_DAY
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plusSeconds((long) number * SEGMENT_SECONDS);
  }

  private byte[] lines(int day) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 0; i < SEGMENTS_A_DAY; i++) {
      lines.writeBytes(IndexRowCodec.toLine(segment(day * SEGMENTS_A_DAY + i), 0));
    }
    return lines.toByteArray();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(root.resolve(NAME).resolve(name), content);
  }
}
