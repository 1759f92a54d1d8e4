package io.lva.asset.verify;

import io.lva.asset.AssetGap;
import io.lva.asset.archive.AssetRepair;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.AssetView.SegmentFile;
import io.lva.asset.archive.IndexDay;
import io.lva.asset.archive.KnownCodecs;
import io.lva.asset.archive.RecordedTime;
import io.lva.asset.archive.SegmentScanner;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.format.TimeRanges;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import io.lva.asset.store.StoredFile;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.asset.verify.AssetReport.Problem;
import io.lva.fmp4.BoxChecker;
import io.lva.media.Gap;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Checks the invariants of an asset against its files:
 *
 * <ul>
 *   <li>every file is a whole segment, box by box;
 *   <li>every track continues to the tick over the files of a run, with one initialization segment;
 *   <li>the index says of each file what the file says of itself, and nothing else;
 *   <li>every hole between two segments is explained by a gap or a deletion, and no gap stays open
 *       where media follows;
 *   <li>the coverage is that of the segments, wherever it claims to be up to date.
 * </ul>
 *
 * <p>Reads headers only, one day at a time. Files that are being written are counted but not
 * checked.
 *
 * <p>Confined to one thread.
 */
public final class AssetVerifier {
  private static final int MOST_PROBLEMS = 1000;

  private final AssetView view;
  private final Consumer<String> progress;
  private final List<Problem> problems = new ArrayList<>();
  private final RecordedTime time = new RecordedTime();
  private final RunCheck runs = new RunCheck(this::problem, time);
  private final List<DayIndex.GapRow> gaps = new ArrayList<>();
  private final Map<String, GapCloseRow> gapsOfFiles = new HashMap<>();
  private Fences fences = Fences.none();
  private boolean inUse;
  private int segments;
  private long bytes;

  private AssetVerifier(AssetView view, Consumer<String> progress) {
    this.view = view;
    this.progress = progress;
  }

  /**
   * Verifies an asset. A recording to it may be in progress.
   *
   * @param store the store of the asset
   * @param assetName its name
   * @param progress receives the folder of each hour, {@code yyyy/MM/dd/HH}, before it is read
   * @return what was found
   * @throws IOException when the store fails, {@code index/epochs.json} is damaged, or there is no
   *     such asset: {@link NoSuchFileException}
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static AssetReport verify(AssetStore store, String assetName, Consumer<String> progress)
      throws IOException {
    return verify(AssetView.existing(store, assetName), progress);
  }

  /**
   * Rebuilds the caches of an asset from its files, then verifies it.
   *
   * @param store the store of the asset
   * @param assetName its name
   * @param progress receives the folder of each hour, {@code yyyy/MM/dd/HH}, before it is read
   * @return what was found afterward
   * @throws AssetInUseException when somebody is writing the asset
   * @throws IOException when the store fails, the asset is a local cache, its name is lost, {@code
   *     index/epochs.json} is damaged, a later version of the format wrote it, or there is no such
   *     asset: {@link NoSuchFileException}
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static AssetReport repair(AssetStore store, String assetName, Consumer<String> progress)
      throws IOException {
    AssetView view = AssetView.existing(store, assetName);
    AssetRepair.repair(view);
    return verify(view, progress);
  }

  private static AssetReport verify(AssetView view, Consumer<String> progress) throws IOException {
    return new AssetVerifier(view, progress).verify();
  }

  private AssetReport verify() throws IOException {
    inUse = view.isInUse();
    String name = name();
    fences = view.fences();
    NavigableMap<LocalDate, IndexDay> indexDays = view.indexDays();
    TreeMap<LocalDate, List<String>> hours = new TreeMap<>();
    for (LocalDate date : indexDays.keySet()) {
      hours.put(date, new ArrayList<>());
    }
    for (String hour : view.hours()) {
      hours.computeIfAbsent(day(hour), none -> new ArrayList<>()).add(hour);
    }
    Coverage coverage = view.coverage();
    for (Map.Entry<LocalDate, List<String>> day : hours.entrySet()) {
      IndexDay files = indexDays.get(day.getKey());
      day(day.getKey(), day.getValue(), coverage, files == null ? 0 : files.sizeBytes());
    }
    gaps();
    List<GapReport> reports =
        gaps.stream()
            .map(row -> new AssetGap(row.gap(), row.bridged()))
            .filter(gap -> !gap.adjoins())
            .map(AssetVerifier::report)
            .sorted(Comparator.comparing(GapReport::start))
            .toList();
    return new AssetReport(name, segments, bytes, runs.runs(), reports, problems);
  }

  private static GapReport report(AssetGap each) {
    Gap gap = each.gap();
    return new GapReport(gap.start(), each.end(), gap.causes(), gap.origin(), each.setBack());
  }

  private static LocalDate day(String hour) {
    return LocalDate.parse(hour.substring(0, 10).replace('/', '-'));
  }

  private String name() throws IOException {
    try {
      String name = view.description().name();
      if (!AssetLayout.folderName(name).equals(view.folder())) {
        problem(AssetLayout.ASSET_JSON, "names another asset: " + name);
      }
      return name;
    } catch (AssetFormatException e) {
      problem(AssetLayout.ASSET_JSON, String.valueOf(e.getMessage()));
      return AssetLayout.assetName(view.folder()).orElse(view.folder());
    }
  }

  private void problem(String file, String what) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(file, what));
    }
  }

  private void day(LocalDate date, List<String> hours, Coverage coverage, long indexBytes)
      throws IOException {
    Set<String> files = new HashSet<>();
    List<SegmentScanner> scans = new ArrayList<>();
    for (String hour : hours) {
      progress.accept(hour);
      view.strangers(hour).forEach(name -> stranger(name));
      for (SegmentFile file : view.segments(hour)) {
        files.add(file.name().path());
        file(file).ifPresent(scans::add);
      }
    }
    // The index last: a file that is complete by now may get its row while its hour is read.
    DayIndex index = view.index(date);
    indexLines(index);
    for (SegmentScanner scan : scans) {
      compare(scan, index);
    }
    for (SegmentRow row : index.segments()) {
      if (!files.contains(row.file()) && view.store().size(view.path(row.file())).isEmpty()) {
        problem(
            row.file(),
            "is in the index and missing: media from " + row.start() + " to " + row.end());
        time.explain(Utc.nanos(row.start()), Utc.nanos(row.end()));
      }
    }
    for (TombstoneRow row : index.tombstones()) {
      time.explain(Utc.nanos(row.start()), Utc.nanos(row.end()));
      if (files.contains(row.file())) {
        problem(row.file(), "is there though the index says it was deleted");
      }
    }
    gaps.addAll(index.gaps());
    coverage(date, coverage, index, indexBytes);
  }

  private void stranger(String name) {
    if (name.contains(AssetLayout.DAMAGED_SUFFIX)) {
      problem(name, "is kept of a damaged segment: look at it and take it away");
    } else if (!inUse) {
      problem(name, "does not belong here");
    }
  }

  private Optional<SegmentScanner> file(SegmentFile file) {
    String name = file.name().path();
    segments++;
    bytes += file.sizeBytes();
    if (file.name().part()) {
      if (!inUse) {
        problem(name, "is not complete; the next recording or a repair completes it");
      }
      return Optional.empty();
    }
    try (StoredFile source = view.openHeaders(name)) {
      for (BoxChecker.Finding finding : BoxChecker.check(source)) {
        problem(name, "byte " + finding.offset() + ": " + finding.what());
      }
      return Optional.of(view.scan(name));
    } catch (AssetFormatException e) {
      problem(name, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problem(name, "cannot be read: " + FailureReason.of(e)); // the others may be
    }
    return Optional.empty();
  }

  private void indexLines(DayIndex index) {
    String name = AssetLayout.index(index.date());
    if (index.skipped().malformedLines() > 0) {
      problem(name, index.skipped().malformedLines() + " lines are no rows");
    }
    if (index.skipped().tornBytes() > 0 && !inUse) {
      problem(name, "the last line is torn");
    }
  }

  private void compare(SegmentScanner scan, DayIndex index) throws IOException {
    Optional<SegmentRow> found = scan.row();
    if (found.isEmpty()) {
      return;
    }
    SegmentRow row = found.get();
    if (!fences.accepts(row)) {
      return; // written by a superseded epoch: nobody plays it
    }
    runs.add(row);
    scan.gaps().forEach(gap -> gapsOfFiles.put(gap.key(), gap));
    Optional<SegmentRow> indexed = index.segment(row.run(), row.sequence());
    if (indexed.isEmpty()) {
      if (!inUse) {
        problem(row.file(), "is not in the index");
      }
    } else if (!saysTheSame(row, indexed.get())) {
      problem(row.file(), "the index says something else about it than the file");
    }
  }

  private static boolean saysTheSame(SegmentRow file, SegmentRow indexed) {
    KnownCodecs codecs = new KnownCodecs();
    codecs.note(indexed);
    return indexed.equals(codecs.complete(file));
  }

  private void coverage(LocalDate date, Coverage coverage, DayIndex index, long indexBytes) {
    Optional<TimeRanges> ranges = coverage.upToDate(date, indexBytes);
    if (ranges.isPresent() && indexBytes == index.indexBytes()) {
      TimeRanges expected = new TimeRanges();
      index.segments().forEach(row -> expected.add(row.startNanos(), row.endNanos()));
      if (!ranges.get().equals(expected)) {
        problem(AssetLayout.COVERAGE, "the ranges of " + date + " are not those of the index");
      }
    }
  }

  private void gaps() {
    Set<String> ids = new HashSet<>();
    Optional<Instant> mediaEnd = time.endNanos().map(Utc::instant);
    for (DayIndex.GapRow row : gaps) {
      ids.add("gap " + row.gap().id());
      if (row.gap().end().isPresent()) {
        time.explain(row.gap());
      } else if (mediaEnd.isPresent() && row.gap().start().isBefore(mediaEnd.get()) && !inUse) {
        problem(
            AssetLayout.index(Utc.day(row.gap().start())),
            "gap " + row.gap().id() + " is open and media follows");
      }
    }
    for (GapCloseRow gap : gapsOfFiles.values()) {
      if (!ids.contains(gap.key()) && !inUse) {
        problem(AssetLayout.index(Utc.day(gap.start())), gap.key() + " of a file is missing");
      }
    }
    runs.holes();
  }
}
