package io.lva.bench;

import io.lva.asset.AssetReader;
import io.lva.asset.RunSection;
import io.lva.asset.index.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does it take to find an hour in an asset of any length? Five million segments of 30 s
 * are 4.7 years, and 1.2 GB of index.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexQueryBenchmark {
  private static final int HOUR = 3600;
  private static final int HOURS_BETWEEN_QUERIES = 1009;
  private static final int HOURS_ASKED_FOR = 240;
  private static final int HOURS_KNOWN = 23;

  /** Segments in the index. */
  @Param({"86400", "5000000"})
  public int segments;

  private Optional<SyntheticAsset> asset = Optional.empty();
  private Optional<AssetReader> open = Optional.empty();
  private int query;

  /** Created by JMH. */
  public IndexQueryBenchmark() {}

  /**
   * Writes the index.
   *
   * @throws IOException when the disk fails
   */
  @Setup
  public void write() throws IOException {
    SyntheticAsset written = SyntheticAsset.write(segments);
    for (int hour = 0; hour < HOURS_KNOWN; hour++) {
      written.makeHour(hour);
    }
    for (int number = 0; number < HOURS_ASKED_FOR; number++) {
      written.makeHour(arbitraryHour(number));
    }
    asset = Optional.of(written);
    open = Optional.of(reader());
  }

  /**
   * Removes the index.
   *
   * @throws IOException when the disk fails
   */
  @TearDown
  public void delete() throws IOException {
    open.orElseThrow().close();
    asset.orElseThrow().delete();
  }

  /**
   * Finds an arbitrary hour with a new reader.
   *
   * @return the fragments of that hour
   * @throws IOException when the disk fails
   */
  @Benchmark
  public List<RunSection> firstHour() throws IOException {
    try (AssetReader reader = reader()) {
      return hour(reader, arbitraryHour(query++ % HOURS_ASKED_FOR));
    }
  }

  /**
   * Finds an hour of a day that the reader has read before.
   *
   * @return the fragments of that hour
   * @throws IOException when the disk fails
   */
  @Benchmark
  public List<RunSection> nextHour() throws IOException {
    return hour(open.orElseThrow(), query++ % HOURS_KNOWN);
  }

  /**
   * Finds, with a new reader, the days with media in the whole asset.
   *
   * @return one range
   * @throws IOException when the disk fails
   */
  @Benchmark
  public List<TimeRange> wholeSpan() throws IOException {
    try (AssetReader reader = reader()) {
      return reader.ranges(SyntheticAsset.start(0), SyntheticAsset.start(segments));
    }
  }

  private int arbitraryHour(int number) {
    return number * HOURS_BETWEEN_QUERIES % (segments / SyntheticAsset.SEGMENTS_AN_HOUR);
  }

  private List<RunSection> hour(AssetReader reader, int number) throws IOException {
    Instant start = SyntheticAsset.start(0).plusSeconds((long) HOUR * number);
    List<RunSection> sections = reader.sections(start, start.plusSeconds(HOUR));
    if (sections.size() != 1) {
      throw new IllegalStateException(sections.size() + " sections");
    }
    return sections;
  }

  private AssetReader reader() {
    return AssetReader.open(asset.orElseThrow().store(), SyntheticAsset.NAME);
  }
}
