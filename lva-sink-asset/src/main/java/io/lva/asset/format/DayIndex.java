package io.lva.asset.format;

import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.media.Gap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one UTC day that count, sorted by time.
 *
 * <p>Immutable.
 */
public final class DayIndex {
  private static final int LAST_BYTES = 256;

  private final LocalDate date;
  private final long indexBytes;
  private final IndexRowCodec.Skipped skipped;
  private final byte[] lastBytes;
  private final Fences fences;
  private final long highestEpoch;
  private final SegmentRow[] segments;
  private final long[] starts;
  private final long[] latestEnds;
  private final Map<String, SegmentRow> byKey = new HashMap<>();
  private final List<GapRow> gaps = new ArrayList<>();
  private final List<TombstoneRow> tombstones = new ArrayList<>();

  /**
   * A gap as described by the rows with its id. Immutable.
   *
   * @param gap open until a row closes it
   * @param bridged whether the run continues after it
   */
  public record GapRow(Gap gap, boolean bridged) {
    /**
     * Creates a gap row.
     *
     * @param gap open until a row closes it
     * @param bridged whether the run continues after it
     */
    public GapRow {}
  }

  private DayIndex(
      LocalDate date, long indexBytes, Rows rows, IndexRowCodec.Skipped skipped, byte[] lastBytes) {
    this.date = date;
    this.indexBytes = indexBytes;
    this.skipped = skipped;
    this.lastBytes = lastBytes;
    this.fences = rows.fences;
    this.highestEpoch = rows.highestEpoch;
    Map<String, IndexRow> last = new LinkedHashMap<>();
    for (IndexRow row : rows.list) {
      // A closed gap stays closed: its opening may be repeated by a recovery.
      if (!(row instanceof GapOpenRow && last.get(row.key()) instanceof GapCloseRow)) {
        last.put(row.key(), row);
      }
    }
    List<SegmentRow> found = new ArrayList<>();
    for (IndexRow row : last.values()) {
      if (row instanceof SegmentRow segment) {
        found.add(segment);
        byKey.put(segment.key(), segment);
      } else if (row instanceof GapOpenRow open) {
        gaps.add(new GapRow(open.gap(), false));
      } else if (row instanceof GapCloseRow close) {
        gaps.add(new GapRow(close.gap(), close.bridged()));
      } else if (row instanceof TombstoneRow tombstone) {
        tombstones.add(tombstone);
      }
    }
    gaps.removeIf(row -> byKey.containsKey(RemovedGaps.segmentKey(row.gap())));
    found.sort(
        Comparator.comparingLong(SegmentRow::startNanos)
            .thenComparingInt(SegmentRow::runNumber)
            .thenComparingInt(SegmentRow::sequence));
    gaps.sort(Comparator.comparing((GapRow row) -> row.gap().start()));
    tombstones.sort(Comparator.comparing(TombstoneRow::start));
    segments = found.toArray(new SegmentRow[0]);
    starts = found.stream().mapToLong(SegmentRow::startNanos).toArray();
    latestEnds = found.stream().mapToLong(SegmentRow::endNanos).toArray();
    for (int i = 1; i < latestEnds.length; i++) {
      latestEnds[i] = Math.max(latestEnds[i], latestEnds[i - 1]);
    }
  }

  /**
   * Reads the lines of a day.
   *
   * @param date the day
   * @param lines the content of its index file
   * @param fences the fences of the asset
   * @return its rows, without those of superseded epochs
   */
  public static DayIndex of(LocalDate date, byte[] lines, Fences fences) {
    return read(new Rows(date, fences, 0), 0, 0, lines, 0);
  }

  /** Collects the rows that count. */
  private static final class Rows {
    private final LocalDate date;
    private final Fences fences;
    private final List<IndexRow> list = new ArrayList<>();
    private long highestEpoch;

    Rows(LocalDate date, Fences fences, long highestEpoch) {
      this.date = date;
      this.fences = fences;
      this.highestEpoch = highestEpoch;
    }

    void line(IndexRow row, long epoch) {
      boolean counts =
          row instanceof SegmentRow segment
              ? fences.accepts(segment)
              : epoch >= highestEpoch && fences.accepts(epoch, date);
      if (counts) {
        list.add(row);
      }
      if (fences.areOfOneAsset()) {
        highestEpoch = Math.max(highestEpoch, epoch);
      }
    }
  }

  /**
   * Reads the lines that follow the lines read so far.
   *
   * @param block bytes of the index file
   * @param from offset in the block of the first byte that has not been read
   * @return the earlier rows and the new ones
   */
  public DayIndex with(byte[] block, int from) {
    Rows rows = new Rows(date, fences, highestEpoch);
    rows.list.addAll(rows());
    return read(rows, indexBytes, skipped.malformedLines(), block, from);
  }

  private static DayIndex read(
      Rows rows, long knownBytes, int knownMalformed, byte[] block, int from) {
    IndexRowCodec.Skipped more = IndexRowCodec.parseLines(block, from, rows::line);
    int end = block.length - more.tornBytes();
    return new DayIndex(
        rows.date,
        knownBytes + end - from,
        rows,
        new IndexRowCodec.Skipped(knownMalformed + more.malformedLines(), more.tornBytes()),
        Arrays.copyOfRange(block, Math.max(0, end - LAST_BYTES), end));
  }

  /**
   * Returns the last bytes that were read, by which the file is recognized when it has grown.
   *
   * @return a copy of at most 256 bytes
   */
  public byte[] lastBytes() {
    return lastBytes.clone();
  }

  /**
   * Returns the fences that were applied.
   *
   * @return the given fences
   */
  public Fences fences() {
    return fences;
  }

  /**
   * Returns the day.
   *
   * @return the day in UTC
   */
  public LocalDate date() {
    return date;
  }

  /**
   * Returns the size of the index file this was read from.
   *
   * @return bytes up to the end of its last whole line
   */
  public long indexBytes() {
    return indexBytes;
  }

  /**
   * Returns what was left out of the index file.
   *
   * @return malformed lines and a torn end
   */
  public IndexRowCodec.Skipped skipped() {
    return skipped;
  }

  /**
   * Returns the segments that start on this day.
   *
   * @return the segments, by start; an unmodifiable view
   */
  public List<SegmentRow> segments() {
    return Collections.unmodifiableList(Arrays.asList(segments));
  }

  /**
   * Returns the segment that was recorded last.
   *
   * @return the segment, or empty for a day without segments
   */
  public Optional<SegmentRow> newest() {
    return Arrays.stream(segments).max(SegmentRow.BY_RECORDING);
  }

  /**
   * Finds the segments that have media between two instants, in O(log n) plus one step per segment
   * found.
   *
   * @param startNanos nanoseconds since the Unix epoch
   * @param endNanos nanoseconds since the Unix epoch
   * @return the segments, by start
   */
  public List<SegmentRow> segments(long startNanos, long endNanos) {
    int first = Arrays.binarySearch(latestEnds, startNanos + 1);
    first = first < 0 ? -first - 1 : first;
    while (first > 0 && latestEnds[first - 1] > startNanos) {
      first--;
    }
    int after = Arrays.binarySearch(starts, endNanos);
    after = after < 0 ? -after - 1 : after;
    while (after > 0 && starts[after - 1] >= endNanos) {
      after--;
    }
    List<SegmentRow> found = new ArrayList<>();
    for (int i = first; i < after; i++) {
      if (segments[i].endNanos() > startNanos) {
        found.add(segments[i]);
      }
    }
    return found;
  }

  /**
   * Finds a segment by its name.
   *
   * @param run its run
   * @param sequence its place in the run
   * @return the segment, if it starts on this day and is not deleted
   */
  public Optional<SegmentRow> segment(RunId run, int sequence) {
    return Optional.ofNullable(byKey.get(run + "/" + sequence));
  }

  /**
   * Returns the gaps that start on this day.
   *
   * @return the gaps, by start
   */
  public List<GapRow> gaps() {
    return Collections.unmodifiableList(gaps);
  }

  /**
   * Returns the deleted segments that started on this day.
   *
   * @return the deleted segments, by start
   */
  public List<TombstoneRow> tombstones() {
    return Collections.unmodifiableList(tombstones);
  }

  /**
   * Returns all rows that count.
   *
   * @return gaps, tombstones, then segments, each by start
   */
  public List<IndexRow> rows() {
    List<IndexRow> rows = new ArrayList<>();
    for (GapRow row : gaps) {
      rows.add(
          row.gap().end().isPresent()
              ? new GapCloseRow(row.gap(), row.bridged())
              : new GapOpenRow(row.gap()));
    }
    rows.addAll(tombstones);
    rows.addAll(List.of(segments));
    return rows;
  }

  /**
   * Returns the time covered by the segments of the day.
   *
   * @return the ranges, in the form that {@link Coverage} keeps
   */
  public Coverage.Day coverage() {
    TimeRanges ranges = new TimeRanges();
    for (SegmentRow segment : segments) {
      ranges.add(segment.startNanos(), segment.endNanos());
    }
    return new Coverage.Day(indexBytes, ranges);
  }
}
