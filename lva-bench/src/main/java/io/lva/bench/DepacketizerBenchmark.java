package io.lva.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does one access unit cost from its RTP packets to a sample with its times, in each
 * packetization of RFC 6184?
 *
 * <p>An operation is an access unit: one packet, one aggregation packet with six slices, or the
 * fifteen fragments that a picture of 21 kB has at 4.2 Mbit/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DepacketizerBenchmark {
  private static final byte SLICE = 0x41;
  private static final int LATER_SLICE_OF_PICTURE = 0x41;

  /** How the access unit is spread over packets. */
  @Param public Packetization packetization = Packetization.FU_A;

  private RtpFeed feed = new RtpFeed(Packetization.FU_A.nalUnits());

  /** The packetizations of mode 1. */
  public enum Packetization {
    /** One NAL unit of 1200 bytes. */
    SINGLE,
    /** Six NAL units of 200 bytes. */
    STAP_A,
    /** One NAL unit of 21 kB. */
    FU_A;

    List<ByteBuffer> nalUnits() {
      return switch (this) {
        case SINGLE -> List.of(SyntheticMedia.slice(SLICE, 1200));
        case STAP_A -> slices(6, 200);
        case FU_A -> List.of(SyntheticMedia.slice(SLICE, 21_000));
      };
    }

    private static List<ByteBuffer> slices(int count, int sizeBytes) {
      List<ByteBuffer> slices = new ArrayList<>();
      slices.add(SyntheticMedia.slice(SLICE, sizeBytes));
      while (slices.size() < count) {
        slices.add(SyntheticMedia.slice(SLICE, LATER_SLICE_OF_PICTURE, sizeBytes));
      }
      return slices;
    }
  }

  /** Sends the first picture. */
  @Setup
  public void start() {
    feed = new RtpFeed(packetization.nalUnits());
  }

  /**
   * Receives one access unit.
   *
   * @return bytes delivered so far
   */
  @Benchmark
  public long accessUnit() {
    return feed.next();
  }
}
