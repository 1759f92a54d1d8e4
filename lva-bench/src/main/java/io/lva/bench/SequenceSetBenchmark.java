package io.lva.bench;

import io.lva.media.Bytes;
import io.lva.media.codec.H264Sps;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to parse a sequence parameter set, which cameras repeat with every sync sample?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SequenceSetBenchmark {
  private final Bytes nalUnit =
      Bytes.copyOf(Base64.getDecoder().decode(SyntheticMedia.SEQUENCE_SET));

  /** Created by JMH. */
  public SequenceSetBenchmark() {}

  /**
   * Parses the set.
   *
   * @return its fields
   */
  @Benchmark
  public H264Sps parse() {
    return H264Sps.parse(nalUnit);
  }
}
