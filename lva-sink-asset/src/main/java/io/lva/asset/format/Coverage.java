package io.lva.asset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.index.TimeRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Recorded ranges by day: the content of {@code index/coverage.json}.
 *
 * <p>A cache that can be checked: a day counts only while its index file has the size that is noted
 * with it. When the coverage is lost, torn or old, only the time to compute it again is lost.
 *
 * <p>Not thread-safe.
 */
public final class Coverage {
  /** The largest document that is read, in bytes. */
  public static final int LARGEST_BYTES = AssetJson.LONGEST_BYTES;

  private static final int MOST_RANGES_A_DAY = 200_000;

  private final NavigableMap<LocalDate, Day> days = new TreeMap<>();
  private int runs;

  /** Creates an empty coverage. */
  public Coverage() {}

  /**
   * One UTC day. Like its ranges, not thread-safe.
   *
   * @param indexBytes size of the index file the ranges were computed from
   * @param ranges of the segments that start on that day; the last may end on the next
   */
  public record Day(long indexBytes, TimeRanges ranges) {
    /**
     * Creates a day.
     *
     * @param indexBytes size of the index file the ranges were computed from
     * @param ranges of the segments that start on that day
     */
    public Day {}
  }

  /**
   * Reads the file.
   *
   * @param document JSON in UTF-8
   * @return the coverage
   * @throws AssetFormatException when it is not a coverage
   */
  public static Coverage parse(byte[] document) throws AssetFormatException {
    ObjectNode root = AssetJson.parse(document, "coverage.json");
    Coverage coverage = new Coverage();
    coverage.runs = (int) AssetJson.number(root, "runs", 0, OriginBox.HIGHEST_RUN_NUMBER);
    if (!(root.get("days") instanceof ObjectNode days)) {
      throw new AssetFormatException("'days' is not an object");
    }
    for (Map.Entry<String, JsonNode> day : days.properties()) {
      try {
        coverage.days.put(LocalDate.parse(day.getKey()), day(day.getValue()));
      } catch (DateTimeException e) {
        throw new AssetFormatException("not a day: " + day.getKey(), e);
      }
    }
    return coverage;
  }

  private static Day day(JsonNode day) throws AssetFormatException {
    JsonNode list = day.get("ranges");
    if (list == null || !list.isArray() || list.size() > MOST_RANGES_A_DAY) {
      throw new AssetFormatException("'ranges' is not a list of ranges");
    }
    TimeRanges ranges = new TimeRanges();
    for (JsonNode range : list) {
      if (!range.isArray() || range.size() != 2) {
        throw new AssetFormatException("a range has a start and an end");
      }
      ranges.add(
          Utc.nanos(AssetJson.instant(range.get(0).asText())),
          Utc.nanos(AssetJson.instant(range.get(1).asText())));
    }
    return new Day(AssetJson.number(day, "bytes", 0, Long.MAX_VALUE), ranges);
  }

  /**
   * Writes the file.
   *
   * @return JSON in UTF-8
   */
  public byte[] toJson() {
    ObjectNode root = AssetJson.object();
    root.put("format", OriginBox.FORMAT).put("runs", runs);
    ObjectNode list = root.putObject("days");
    days.forEach(
        (date, day) -> {
          ObjectNode object = list.putObject(date.toString()).put("bytes", day.indexBytes());
          ArrayNode ranges = object.putArray("ranges");
          for (TimeRange range : day.ranges().all()) {
            ranges.addArray().add(range.start().toString()).add(range.end().toString());
          }
        });
    return AssetJson.bytes(root);
  }

  /**
   * Returns the days.
   *
   * @return the days, by date; as an unmodifiable view
   */
  public NavigableMap<LocalDate, Day> days() {
    return Collections.unmodifiableNavigableMap(days);
  }

  /**
   * Returns a day, if its entry is up to date.
   *
   * @param date UTC day
   * @param indexBytes present size of its index file
   * @return its ranges; empty when the day is not noted, or its ranges were computed from another
   *     state of the index
   */
  public Optional<TimeRanges> upToDate(LocalDate date, long indexBytes) {
    Day day = days.get(date);
    return day == null || day.indexBytes() != indexBytes
        ? Optional.empty()
        : Optional.of(day.ranges());
  }

  /**
   * Notes a day.
   *
   * @param date UTC day
   * @param day its ranges, and what they were computed from
   */
  public void put(LocalDate date, Day day) {
    days.put(date, day);
  }

  /**
   * Forgets a day.
   *
   * @param date UTC day
   */
  public void remove(LocalDate date) {
    days.remove(date);
  }

  /**
   * Returns how many runs the asset has had.
   *
   * @return the number of the next run
   */
  public int runs() {
    return runs;
  }

  /**
   * Notes a run.
   *
   * @param runNumber its number
   */
  public void noteRun(int runNumber) {
    runs = Math.max(runs, Math.addExact(runNumber, 1));
  }
}
