package io.lva.playback;

import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.SegmentRowBuilder;
import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.fmp4.InitSegment;
import io.lva.media.Ticks;
import io.lva.media.TrackSet;
import io.lva.media.UtcSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The index of a day: 43 200 fragments of two seconds in 24 runs. Its media files are empty. */
final class RecordedDay {
  static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  static final int FRAGMENTS = 43_200;
  static final int RUNS = 24;

  private static final int FRAGMENTS_PER_FILE = 15;
  private static final int FILES = FRAGMENTS / FRAGMENTS_PER_FILE;
  private static final int FILES_PER_RUN = FILES / RUNS;
  private static final int FRAGMENT_TICKS = 2 * ScriptedAsset.TIMESCALE;
  private static final int FRAGMENT_BYTES = 210_000;

  private RecordedDay() {}

  static void write(Path store, String name) throws IOException {
    Path root = store.resolve(AssetLayout.folderName(name));
    Files.createDirectories(root.resolve(AssetLayout.INDEX_FOLDER));
    Files.write(
        root.resolve(AssetLayout.ASSET_JSON), new AssetDescription(1, name, START).toJson());
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int file = 0; file < FILES; file++) {
      SegmentRow row = row(file);
      rows.writeBytes(IndexRowCodec.toLine(row, 0));
      Path media = root.resolve(row.file());
      Files.createDirectories(media.getParent());
      Files.createFile(media);
    }
    Files.write(root.resolve(AssetLayout.index(Utc.day(START))), rows.toByteArray());
  }

  private static SegmentRow row(int file) throws IOException {
    int runNumber = file / FILES_PER_RUN;
    RunId run = new RunId(String.valueOf((char) ('a' + runNumber)).repeat(8));
    Instant start = START.plus(Duration.ofSeconds(2L * FRAGMENTS_PER_FILE * file));
    InitSegment head = InitSegment.of(TrackSet.of(ScriptedAsset.LARGE), start);
    long base = Ticks.convert(Utc.nanos(start), Ticks.NANOS_PER_SECOND, ScriptedAsset.TIMESCALE);
    OriginBox origin =
        new OriginBox(
            0,
            run,
            runNumber,
            file % FILES_PER_RUN,
            List.of(new OriginBox.TrackBase(1, ScriptedAsset.TIMESCALE, base)),
            UtcSource.ARRIVAL,
            50_000_000,
            List.of(),
            /* unsyncedStart= */ false,
            Optional.empty());
    SegmentRowBuilder row =
        new SegmentRowBuilder(
            head, origin, SegmentName.completePath(start, run, file % FILES_PER_RUN));
    for (int i = 0; i < FRAGMENTS_PER_FILE; i++) {
      long offset = 1000 + (long) i * FRAGMENT_BYTES;
      row.part(1, offset, FRAGMENT_BYTES, (long) i * FRAGMENT_TICKS, FRAGMENT_TICKS, true);
    }
    return row.row(1000 + (long) FRAGMENTS_PER_FILE * FRAGMENT_BYTES).orElseThrow();
  }
}
