package io.lva.bench;

import io.lva.fmp4.PartSamples;
import io.lva.fmp4.PartWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does the header of a part of half a second cost, which is all that a part adds to its media?
 *
 * <p>An operation is a part of 13 samples.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartWriterBenchmark {
  private static final int SAMPLES = 13;
  private static final int SYNC = 0x0200_0000;
  private static final int NOT_SYNC = 0x0101_0000;

  private final PartSamples samples = new PartSamples();
  private final ByteBuffer header = ByteBuffer.allocateDirect(1024);
  private int sequenceNumber;

  /** Created by JMH. */
  public PartWriterBenchmark() {}

  /** Adds the samples. */
  @Setup
  public void fill() {
    samples.clear();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(RtpFeed.FRAME_TICKS, 21_000 + i, i == 0 ? SYNC : NOT_SYNC, 0);
    }
  }

  /**
   * Writes the header.
   *
   * @return bytes written
   */
  @Benchmark
  public int header() {
    header.clear();
    sequenceNumber++;
    PartWriter.write(sequenceNumber, 1, sequenceNumber * 46_800L, samples, header);
    return header.position();
  }
}
