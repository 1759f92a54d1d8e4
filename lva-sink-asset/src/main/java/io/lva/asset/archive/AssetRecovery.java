package io.lva.asset.archive;

import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts an asset in order after a process ended, however that happened: cuts {@code .part} files
 * after their last whole part, gives them their final names, indexes what is not in the index, and
 * notes since when media has been missing.
 *
 * <p>Every step can be interrupted and repeated. Needs the lock of the asset.
 *
 * <p>Confined to one thread, except for {@link #recoverPart}.
 */
public final class AssetRecovery {
  private final AssetStore store;
  private final String folder;
  private final AssetWriter writer;
  private final AssetIndex index;
  private final Fences fences;
  private final long epoch;
  private final PartCompletion completion;
  private final KnownCodecs codecs = new KnownCodecs();

  /** For each part whose recovery has begun, the names of the files that are left of it. */
  private final Map<String, Set<String>> left = new ConcurrentHashMap<>();

  /**
   * Prepares the recovery of an asset; the gaps and tombstones that it adds get the given epoch.
   */
  AssetRecovery(
      AssetStore store,
      String folder,
      AssetWriter writer,
      AssetIndex index,
      Fences fences,
      long epoch) {
    this.store = store;
    this.folder = folder;
    this.writer = writer;
    this.index = index;
    this.fences = fences;
    this.epoch = epoch;
    this.completion = new PartCompletion(store, folder, writer);
  }

  /**
   * Where a recording continues. Immutable.
   *
   * @param newest the segment that was recorded last; empty when the index has none
   * @param openGaps the gaps that are still open, which the next recording closes; empty in a new
   *     asset, and perhaps when the same owner continues its recording
   * @param completedFiles number of {@code .part} files that were completed, set aside as damaged,
   *     or deleted because they held nothing
   * @param addedRows number of rows that were added to the index
   * @param fence limits what counts of the earlier epochs; empty when there are segments but no
   *     rows that describe them
   */
  public record Report(
      Optional<SegmentRow> newest,
      List<Gap> openGaps,
      int completedFiles,
      int addedRows,
      Optional<Fences.Fence> fence) {
    /**
     * Copies the list.
     *
     * @param newest the segment that was recorded last
     * @param openGaps the gaps that are still open
     * @param completedFiles number of {@code .part} files that were dealt with
     * @param addedRows number of rows that were added to the index
     * @param fence limits what counts of the earlier epochs
     */
    public Report {
      openGaps = List.copyOf(openGaps);
    }

    /**
     * Returns where the media that was recorded last ends.
     *
     * @return the end; empty when the index has no segment
     */
    public Optional<Instant> lastEnd() {
      return newest.map(SegmentRow::end);
    }

    /** Writes the fence that keeps readers from what a superseded writer adds from now on. */
    Fences writeFence(AssetStore store, String folder, AssetWriter writer, Fences before)
        throws IOException {
      if (fence.isEmpty()) {
        return before;
      }
      Fences after = before.with(fence.get());
      IndexFiles.overwrite(store, folder, writer, AssetLayout.EPOCHS, after.toJson());
      return after;
    }
  }

  /** Recovers the newest files, and settles the gaps at the end of the index. */
  Report recoverNewest() throws IOException {
    return recover(true);
  }

  /**
   * Recovers the newest files, but leaves gaps alone because the media that follows is on its way.
   */
  Report recoverRows() throws IOException {
    return recover(false);
  }

  private Report recover(boolean settle) throws IOException {
    List<IndexDay> days = List.copyOf(IndexFiles.days(store, folder).values());
    Map<String, IndexRow> tail = new LinkedHashMap<>();
    for (IndexDay day : days.subList(Math.max(0, days.size() - 2), days.size())) {
      index.cutTornEnd(day);
    }
    days = List.copyOf(IndexFiles.days(store, folder).values());
    for (IndexDay day : days.subList(Math.max(0, days.size() - 2), days.size())) {
      IndexFiles.readTail(store, folder, day, fences).forEach(row -> put(tail, row));
    }
    for (int i = days.size() - 3; i >= 0 && lastSegment(tail).isEmpty(); i--) {
      // The newest days tell of gaps alone: the camera was off.
      IndexFiles.readTail(store, folder, days.get(i), fences).stream()
          .filter(SegmentRow.class::isInstance)
          .forEach(row -> put(tail, row));
    }
    int completed = 0;
    for (String hour : AssetTree.newestHours(store, folder, lastStart(tail))) {
      completed += completion.completeHour(hour, part -> false);
    }
    segments(tail).forEach(codecs::note);
    List<IndexRow> added = new ArrayList<>();
    Instant tailStart = firstStart(tail).orElse(Instant.MIN);
    for (String hour : AssetTree.newestHours(store, folder, lastStart(tail))) {
      added.addAll(missingRows(hour, name -> isIndexed(tail, tailStart, name)));
    }
    added.forEach(row -> put(tail, row));
    segments(tail).forEach(row -> index.noteRun(row.runNumber()));
    List<IndexRow> gaps = settle ? settleGaps(tail) : List.of();
    if (!added.isEmpty()) {
      index.append(added, epoch);
    }
    if (!gaps.isEmpty()) {
      index.append(gaps, epoch); // last, where the next recovery looks, however many rows there are
    }
    gaps.forEach(row -> put(tail, row));
    Optional<SegmentRow> newest = lastSegment(tail);
    return new Report(newest, openGaps(tail), completed, added.size() + gaps.size(), fence(newest));
  }

  /** Returns a fence such that everything a superseded writer adds from now on lies beyond it. */
  private Optional<Fences.Fence> fence(Optional<SegmentRow> newest) throws IOException {
    LocalDate lastDay = index.lastDay();
    if (newest.isPresent()) {
      SegmentRow row = newest.get();
      return Optional.of(
          new Fences.Fence(writer.epoch(), row.runNumber(), row.sequence(), lastDay));
    }
    return AssetTree.newestHours(store, folder, 1).isEmpty()
        ? Optional.of(Fences.Fence.beforeAll(writer.epoch(), lastDay))
        : Optional.empty();
  }

  private static void put(Map<String, IndexRow> rows, IndexRow row) {
    if (!(row instanceof GapOpenRow && rows.get(row.key()) instanceof GapCloseRow)) {
      rows.put(row.key(), row);
    }
  }

  /**
   * Recovers everything else.
   *
   * @param inUse tells which {@code .part} files are being written
   * @param abandoned asked before each hour; when it returns true, the recovery ends
   * @return the number of rows that were added
   */
  int recoverRest(Predicate<String> inUse, BooleanSupplier abandoned) throws IOException {
    int added = 0;
    AssetView view = new AssetView(store, folder);
    @Nullable DayIndex day = null;
    for (String hour : AssetTree.hours(store, folder)) {
      if (abandoned.getAsBoolean()) {
        return added;
      }
      LocalDate date = Utc.day(AssetTree.hourStart(hour));
      if (day == null || !day.date().equals(date)) {
        day = view.index(date, fences);
        day.segments().forEach(codecs::note);
      }
      completion.completeHour(hour, inUse);
      DayIndex rowsOfDay = day;
      List<IndexRow> rows =
          missingRows(hour, name -> rowsOfDay.segment(name.run(), name.sequence()).isPresent());
      if (!rows.isEmpty()) {
        index.append(rows, epoch);
        added += rows.size();
      }
    }
    return added;
  }

  /**
   * Completes what is left of a segment that somebody changed while it was being written. One
   * thread may do this while another one recovers the rest.
   *
   * @param part its name while it is being written
   * @return the rows of what is left, in their order; they are not appended here
   * @throws IOException when the disk fails; the call may be repeated, and then still finds what
   *     was completed by this one
   */
  List<IndexRow> recoverPart(String part) throws IOException {
    Set<String> names = left.computeIfAbsent(part, none -> new LinkedHashSet<>());
    names.add(PartCompletion.completeName(part));
    for (String name : List.copyOf(names)) {
      completion.complete(name + SegmentName.PART_SUFFIX, names::add);
    }
    List<IndexRow> rows = new ArrayList<>();
    for (String name : names) {
      if (store.size(folder + '/' + name).isPresent()) {
        rows.addAll(rows(name));
      }
    }
    left.remove(part);
    return rows;
  }

  /**
   * Records segments whose files are gone as deleted, each with a gap; returns how many rows were
   * added.
   */
  int bookLost() throws IOException {
    List<IndexRow> rows = new ArrayList<>();
    AssetView view = new AssetView(store, folder);
    for (LocalDate date : IndexFiles.days(store, folder).keySet()) {
      LostSegments.find(store, folder, view.index(date, fences))
          .forEach(lost -> rows.addAll(LostSegments.rows(lost)));
    }
    if (!rows.isEmpty()) {
      index.append(rows, epoch);
    }
    return rows.size();
  }

  /**
   * Returns whether a file is indexed; true also if it is older than the rows that were read,
   * because {@link #recoverRest} checks such files.
   */
  private static boolean isIndexed(
      Map<String, IndexRow> tail, Instant tailStart, SegmentName name) {
    return name.start().isBefore(tailStart) || tail.containsKey(name.run() + "/" + name.sequence());
  }

  private static Optional<Instant> firstStart(Map<String, IndexRow> rows) {
    return segments(rows).map(SegmentRow::start).min(Comparator.naturalOrder());
  }

  private static Stream<SegmentRow> segments(Map<String, IndexRow> rows) {
    return rows.values().stream().filter(SegmentRow.class::isInstance).map(SegmentRow.class::cast);
  }

  private static Optional<Instant> lastStart(Map<String, IndexRow> rows) {
    return lastSegment(rows).map(SegmentRow::start);
  }

  private static Optional<Instant> lastEnd(Map<String, IndexRow> rows) {
    return lastSegment(rows).map(SegmentRow::end);
  }

  private static Optional<SegmentRow> lastSegment(Map<String, IndexRow> rows) {
    return segments(rows).max(SegmentRow.BY_RECORDING);
  }

  private List<IndexRow> missingRows(String hour, Predicate<SegmentName> indexed)
      throws IOException {
    List<IndexRow> rows = new ArrayList<>();
    for (AssetStore.Entry entry : store.list(folder + '/' + hour)) {
      String name = hour + '/' + entry.name();
      Optional<SegmentName> segment = SegmentName.parse(name);
      if (!entry.folder()
          && segment.isPresent()
          && !segment.get().part()
          && !indexed.test(segment.get())) {
        rows.addAll(rows(name));
      }
    }
    return rows;
  }

  /**
   * Returns the rows of a file. For a damaged file there are none, because it must not stop
   * recording; the verifier reports it.
   */
  private List<IndexRow> rows(String name) throws IOException {
    try {
      SegmentScanner scanner = AssetTree.scan(store, folder, name);
      Optional<SegmentRow> row = scanner.row();
      if (row.isEmpty() || !fences.accepts(row.get())) {
        return List.of();
      }
      List<IndexRow> rows = new ArrayList<>(scanner.rows());
      rows.replaceAll(each -> each instanceof SegmentRow found ? codecs.complete(found) : each);
      return rows;
    } catch (AssetFormatException e) {
      return List.of();
    }
  }

  /**
   * Closes gaps that are followed by media, and opens a gap where none says why media is missing.
   */
  private static List<IndexRow> settleGaps(Map<String, IndexRow> tail) {
    List<IndexRow> rows = new ArrayList<>();
    Optional<Instant> lastEnd = lastEnd(tail);
    if (lastEnd.isEmpty()) {
      return rows;
    }
    Instant end = lastEnd.get();
    Instant explained = Instant.MAX;
    Set<GapCause> causes = new LinkedHashSet<>();
    for (Gap gap : openGaps(tail)) {
      Optional<Instant> resumed = resumedAfter(tail, gap.start());
      if (resumed.isPresent()) {
        rows.add(new GapCloseRow(gap.closedAt(resumed.get()), false));
      } else if (gap.start().isBefore(end)) {
        // The sample in front of the hole was extended over it as far as the media reaches.
        rows.add(new GapCloseRow(gap.closedAt(end), true));
        causes.addAll(gap.causes());
      } else {
        explained = Collections.min(List.of(explained, gap.start()));
        if (!endsForReason(gap.causes())) {
          rows.add(new GapOpenRow(gap.because(GapCause.PROCESS_STOPPED)));
        }
      }
    }
    if (explained.isAfter(end)) {
      rows.add(stopped(end, explained, causes));
    }
    return rows;
  }

  /** Returns whether nothing was being recorded, or a gap already says the process stopped. */
  private static boolean endsForReason(Collection<GapCause> causes) {
    return causes.contains(GapCause.OPERATOR)
        || causes.contains(GapCause.GATE_CLOSED)
        || causes.contains(GapCause.PROCESS_STOPPED);
  }

  /**
   * Returns the gap that begins where the process stopped and lasts until the next gap, if there is
   * one.
   */
  private static IndexRow stopped(Instant from, Instant to, Set<GapCause> causes) {
    if (!endsForReason(causes)) {
      causes.add(GapCause.PROCESS_STOPPED);
    }
    Gap gap =
        new Gap(
            "stop-" + RunId.random(),
            from,
            Optional.empty(),
            GapOrigin.START_UP,
            List.copyOf(causes));
    return to.equals(Instant.MAX) ? new GapOpenRow(gap) : new GapCloseRow(gap.closedAt(to), false);
  }

  /**
   * Returns where media resumed after a gap. Only the newest run can have ended it; an earlier run
   * may lie later on the time line.
   */
  private static Optional<Instant> resumedAfter(Map<String, IndexRow> rows, Instant start) {
    Optional<RunId> newest = lastSegment(rows).map(SegmentRow::run);
    return rows.values().stream()
        .filter(
            row ->
                row instanceof SegmentRow segment
                    && newest.filter(segment.run()::equals).isPresent())
        .map(IndexRow::start)
        .filter(resumed -> !resumed.isBefore(start))
        .min(Comparator.naturalOrder());
  }

  private static List<Gap> openGaps(Map<String, IndexRow> rows) {
    Set<String> seen = new HashSet<>();
    List<Gap> open = new ArrayList<>();
    for (IndexRow row : rows.values()) {
      if (row instanceof GapOpenRow gap && seen.add(gap.gap().id())) {
        open.add(gap.gap());
      }
    }
    return open;
  }
}
