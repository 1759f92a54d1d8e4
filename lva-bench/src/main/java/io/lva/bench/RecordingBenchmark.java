package io.lva.bench;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.record.InlineSink;
import io.lva.media.GapCause;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a picture cost from its RTP packets to the write call, on one thread and apart from the
 * disk: receiver, parts, queue, segments and their rows in the index?
 *
 * <p>An operation is a picture of 21 kB; every fiftieth picture is a sync sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordingBenchmark {
  private static final int GROUP = 50;
  private static final int SEGMENT = 30 * 25;
  private static final int PICTURE_BYTES = 21_000;
  private static final String ASSET = "camera";
  private static final String FIRST_DAY = "index/19700101.jsonl";
  private static final String STORAGE_FAULT = GapCause.STORAGE_ERROR.text();

  private final List<ByteBuffer> sync = packets(SyntheticMedia.SYNC_SLICE);
  private final List<ByteBuffer> notSync = packets(SyntheticMedia.SLICE);
  private Path root = Path.of("");
  private Optional<RtpFeed> feed = Optional.empty();

  private static List<ByteBuffer> packets(byte header) {
    return RtpFeed.packets(List.of(SyntheticMedia.slice(header, PICTURE_BYTES)));
  }

  /** Created by JMH. */
  public RecordingBenchmark() {}

  /**
   * Starts recording.
   *
   * @throws IOException when the disk fails
   */
  @Setup
  public void begin() throws IOException {
    root = Files.createTempDirectory("lva-bench");
    SlabPool slabs = SlabPool.ofBytes(16 << 20);
    DiskAssetStore store = new DiskAssetStore(root, new IndexOnlyFiles());
    SampleConsumer sink = InlineSink.recording(ASSET, store, slabs);
    feed = Optional.of(new RtpFeed(slabs, sink));
  }

  /**
   * Removes what was recorded, and checks that storage did not fail.
   *
   * @throws IOException when the disk fails
   * @throws IllegalStateException when nothing was recorded, or storage failed
   */
  @TearDown
  public void delete() throws IOException {
    List<String> rows = Files.readAllLines(root.resolve(ASSET).resolve(FIRST_DAY));
    SyntheticAsset.delete(root);
    if (rows.isEmpty() || rows.stream().anyMatch(row -> row.contains(STORAGE_FAULT))) {
      throw new IllegalStateException("not recorded as it should be: " + rows);
    }
  }

  /** Records the pictures of one segment. */
  @Benchmark
  @OperationsPerInvocation(SEGMENT)
  public void picture() {
    RtpFeed some = feed.orElseThrow();
    for (int i = 0; i < SEGMENT; i++) {
      some.send(i % GROUP == 0 ? sync : notSync);
    }
  }
}
