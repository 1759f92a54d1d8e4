package io.lva.asset.archive;

import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.LaterFormatException;
import io.lva.asset.format.LockDocument;
import io.lva.asset.format.OriginBox;
import io.lva.asset.format.RemovedGaps;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.spi.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the caches of an asset from its files: {@code asset.json}, the index and the coverage.
 *
 * <p>What the files cannot tell is taken over from the old index: tombstones, and gaps that no file
 * mentions. Segments whose files are gone, and holes that nothing explains, become gaps with the
 * cause {@code storage-error}.
 *
 * <p>Confined to one thread.
 */
public final class AssetRepair {
  private final AssetView view;
  private final AssetStore store;
  private final AssetWriter writer;
  private final Fences fences;
  private final NavigableMap<LocalDate, Map<String, IndexRow>> days = new TreeMap<>();
  private final RecordedTime time = new RecordedTime();
  private final KnownCodecs codecs = new KnownCodecs();
  private int rows;

  private AssetRepair(AssetView view, AssetWriter writer) throws IOException {
    this.view = view;
    this.store = view.store();
    this.writer = writer;
    this.fences = view.fences();
  }

  /**
   * Rebuilds the caches of an asset that nobody writes.
   *
   * @param view the asset
   * @return the number of rows in the new index
   * @throws AssetInUseException when somebody writes it
   * @throws AssetFormatException when the name of the asset is lost, or when {@code
   *     index/epochs.json} is damaged or was written by a later version of the format
   * @throws IOException when the asset is in a local cache, which its recorder keeps in order, or
   *     when the store fails; the call may then be repeated
   */
  public static int repair(AssetView view) throws IOException {
    if (view.store().size(view.path(AssetLayout.UPLOADS)).isPresent()) {
      throw new IOException(
          view.folder()
              + " is a local cache: the next recording puts it in order; repair the store");
    }
    String name = AssetLayout.assetName(view.folder()).orElse(view.folder());
    try (AssetWriter writer = view.store().lock(view.folder(), name, LockDocument.REPAIR)) {
      return new AssetRepair(view, writer).repair();
    }
  }

  private int repair() throws IOException {
    describe();
    completeParts();
    for (IndexDay day : view.indexDays().values()) {
      carryOver(view.index(day, fences));
    }
    for (String hour : view.hours()) {
      for (AssetView.SegmentFile file : view.segments(hour)) {
        readFile(file);
      }
    }
    explainHoles();
    for (LocalDate date : view.indexDays().keySet()) {
      days.computeIfAbsent(date, none -> new LinkedHashMap<>());
    }
    writeIndex();
    return rows;
  }

  private void describe() throws IOException {
    Optional<String> name = AssetLayout.assetName(view.folder());
    try {
      String known = view.description().name();
      if (name.isPresent() && !name.get().equals(known)) {
        describe(name.get());
      }
    } catch (LaterFormatException e) {
      throw e;
    } catch (AssetFormatException e) {
      if (name.isEmpty()) {
        throw new AssetFormatException(
            "the name of the asset in folder " + view.folder() + " is lost: " + e.getMessage(), e);
      }
      describe(name.get());
    }
  }

  private void describe(String name) throws IOException {
    AssetDescription description =
        new AssetDescription(OriginBox.FORMAT, name, Utc.instant(Clock.system().utcNanos()));
    IndexFiles.overwrite(
        store, view.folder(), writer, AssetLayout.ASSET_JSON, description.toJson());
  }

  private void completeParts() throws IOException {
    PartCompletion parts = new PartCompletion(store, view.folder(), writer);
    for (String hour : view.hours()) {
      parts.completeHour(hour, part -> false);
    }
  }

  private void carryOver(DayIndex day) throws IOException {
    day.segments().forEach(codecs::note);
    day.rows().stream()
        .filter(row -> row instanceof GapOpenRow || row instanceof GapCloseRow)
        .forEach(this::put);
    for (TombstoneRow row : day.tombstones()) {
      if (store.size(view.path(row.file())).isEmpty()) {
        put(row);
        time.explain(Utc.nanos(row.start()), Utc.nanos(row.end()));
      }
    }
    for (SegmentRow lost : LostSegments.find(store, view.folder(), day)) {
      LostSegments.rows(lost).forEach(this::put);
      time.explain(Utc.nanos(lost.start()), Utc.nanos(lost.end()));
    }
  }

  private void readFile(AssetView.SegmentFile file) throws IOException {
    if (file.name().part()) {
      return;
    }
    for (IndexRow row : rows(file)) {
      if (row instanceof SegmentRow segment) {
        forget(RemovedGaps.of(segment));
        put(codecs.complete(segment));
        time.add(segment);
      } else {
        put(row);
      }
    }
  }

  private List<IndexRow> rows(AssetView.SegmentFile file) throws IOException {
    try {
      SegmentScanner scanner = view.scan(file.name().path());
      Optional<SegmentRow> row = scanner.row();
      return row.isPresent() && fences.accepts(row.get()) ? scanner.rows() : List.of();
    } catch (LaterFormatException e) {
      throw e;
    } catch (AssetFormatException e) {
      return List.of(); // no segment of ours: the verifier reports it, the index does not know it
    } catch (IOException e) {
      return known(file.name()); // perhaps it can be read again later; the verifier reports it
    }
  }

  /** Returns what the old index says about a file. */
  private List<IndexRow> known(SegmentName name) throws IOException {
    Optional<SegmentRow> row =
        view.index(Utc.day(name.start())).segment(name.run(), name.sequence());
    return row.isPresent() ? List.of(row.get()) : List.of();
  }

  private void forget(IndexRow row) {
    days.getOrDefault(Utc.day(row.start()), new LinkedHashMap<>()).remove(row.key());
  }

  private void put(IndexRow row) {
    Map<String, IndexRow> day =
        days.computeIfAbsent(Utc.day(row.start()), none -> new LinkedHashMap<>());
    day.remove(row.key());
    day.put(row.key(), row);
  }

  /** Closes gaps that are followed by media, and adds a gap for each hole that nothing explains. */
  private void explainHoles() {
    Optional<Long> mediaEnd = time.endNanos();
    if (mediaEnd.isEmpty()) {
      return;
    }
    List<IndexRow> gaps = new ArrayList<>();
    for (Map<String, IndexRow> day : days.values()) {
      for (IndexRow row : day.values()) {
        gap(row, mediaEnd.get()).ifPresent(gaps::add);
      }
    }
    gaps.forEach(this::put);
    for (TimeRange hole : time.unexplained()) {
      Gap gap =
          Gap.open(
              "lost-" + RunId.random(), hole.start(), GapOrigin.START_UP, GapCause.STORAGE_ERROR);
      put(new GapCloseRow(gap.closedAt(hole.end()), false));
    }
  }

  /** Notes what a gap row says, and closes an open gap that is followed by media. */
  private Optional<IndexRow> gap(IndexRow row, long mediaEnd) {
    if (row instanceof GapCloseRow close) {
      time.explain(close.gap());
    } else if (row instanceof GapOpenRow open && Utc.nanos(open.start()) < mediaEnd) {
      List<TimeRange> holes = time.recorded().holes(Utc.nanos(open.start()), mediaEnd);
      Instant end = holes.isEmpty() ? open.start() : holes.get(0).end();
      Gap closed = open.gap().closedAt(end);
      time.explain(closed);
      return Optional.of(new GapCloseRow(closed, false));
    }
    return Optional.empty();
  }

  private void writeIndex() throws IOException {
    Coverage coverage = new Coverage();
    NavigableMap<LocalDate, IndexDay> before = view.indexDays();
    for (Map.Entry<LocalDate, Map<String, IndexRow>> day : days.entrySet()) {
      writeDay(day.getValue().values(), before.get(day.getKey()));
    }
    for (IndexDay day : view.indexDays().values()) {
      DayIndex written = view.index(day, fences);
      coverage.put(day.date(), written.coverage());
      written.segments().forEach(segment -> coverage.noteRun(segment.runNumber()));
    }
    IndexFiles.overwrite(store, view.folder(), writer, AssetLayout.COVERAGE, coverage.toJson());
  }

  private void writeDay(Collection<IndexRow> dayRows, @Nullable IndexDay before)
      throws IOException {
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    // A recovery looks for open gaps at the end.
    dayRows.stream()
        .sorted(Comparator.comparing(GapOpenRow.class::isInstance))
        .forEach(
            row ->
                files
                    .computeIfAbsent(
                        AssetIndex.file(store, row.start()), name -> new ByteArrayOutputStream())
                    .writeBytes(IndexRowCodec.toLine(row, writer.epoch())));
    rows += dayRows.size();
    for (Map.Entry<String, ByteArrayOutputStream> file : files.entrySet()) {
      IndexFiles.overwrite(
          store, view.folder(), writer, file.getKey(), file.getValue().toByteArray());
    }
    if (before != null) {
      for (IndexDay.IndexFile old : before.files()) {
        if (!files.containsKey(old.name())) {
          writer.delete(old.name());
        }
      }
    }
  }
}
