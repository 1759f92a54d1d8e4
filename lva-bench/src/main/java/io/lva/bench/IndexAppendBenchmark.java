package io.lva.bench;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.index.SegmentRow;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does the row of a complete segment cost in the index, apart from the disk? Syncing is left
 * out, because its cost depends on the disk alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexAppendBenchmark {
  private final SegmentRow[] rows = new SegmentRow[SyntheticAsset.SEGMENTS_A_DAY];
  private Path root = Path.of("");
  private Optional<AssetFolder> asset = Optional.empty();
  private int next;

  /** Creates the rows of a day. */
  public IndexAppendBenchmark() {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = SyntheticAsset.segment(i);
    }
  }

  /**
   * Starts a new index, so that no file grows without bound.
   *
   * @throws IOException when the disk fails
   */
  @Setup(Level.Iteration)
  public void begin() throws IOException {
    close();
    root = Files.createTempDirectory("lva-bench");
    DiskAssetStore store = new DiskAssetStore(root, new IndexOnlyFiles());
    asset = Optional.of(AssetFolder.open(store, SyntheticAsset.NAME, Clock.system()));
  }

  /**
   * Removes the index.
   *
   * @throws IOException when the disk fails
   */
  @TearDown
  public void close() throws IOException {
    if (asset.isPresent()) {
      asset.get().close();
      asset = Optional.empty();
      SyntheticAsset.delete(root);
    }
  }

  /**
   * Appends a row.
   *
   * @throws IOException when the disk fails
   */
  @Benchmark
  public void row() throws IOException {
    asset.orElseThrow().index().append(rows[next]);
    next = (next + 1) % rows.length;
  }
}
