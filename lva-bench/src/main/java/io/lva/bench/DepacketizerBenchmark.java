package io.lva.bench;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.media.TrackSet;
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
  private static final int LATER_SLICE_OF_PICTURE = 0x41;

  /** How the access unit is spread over packets. */
  @Param public Packetization packetization = Packetization.FU_A;

  private final Counting counting = new Counting();
  private final RtpFeed feed = new RtpFeed(SlabPool.ofBytes(16 << 20), counting);
  private List<ByteBuffer> packets = List.of();

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
        case SINGLE -> List.of(SyntheticMedia.slice(SyntheticMedia.SLICE, 1200));
        case STAP_A -> slices(6, 200);
        case FU_A -> List.of(SyntheticMedia.slice(SyntheticMedia.SLICE, 21_000));
      };
    }

    private static List<ByteBuffer> slices(int count, int sizeBytes) {
      List<ByteBuffer> slices = new ArrayList<>();
      slices.add(SyntheticMedia.slice(SyntheticMedia.SLICE, sizeBytes));
      while (slices.size() < count) {
        slices.add(SyntheticMedia.slice(SyntheticMedia.SLICE, LATER_SLICE_OF_PICTURE, sizeBytes));
      }
      return slices;
    }
  }

  /** Created by JMH. */
  public DepacketizerBenchmark() {}

  /**
   * Sends the sync sample that a stream begins with, and a few pictures.
   *
   * @throws IllegalStateException when the receiver delivers nothing
   */
  @Setup
  public void start() {
    feed.send(RtpFeed.packets(List.of(SyntheticMedia.slice(SyntheticMedia.SYNC_SLICE, 20_000))));
    packets = RtpFeed.packets(packetization.nalUnits());
    for (int i = 0; i < 10; i++) {
      feed.send(packets);
    }
    if (counting.bytes == 0) {
      throw new IllegalStateException("the receiver delivers nothing");
    }
  }

  /**
   * Receives one access unit.
   *
   * @return bytes delivered so far
   */
  @Benchmark
  public long accessUnit() {
    feed.send(packets);
    return counting.bytes;
  }

  /** Counts what is delivered; a gap is a fault of the benchmark. */
  static final class Counting implements SampleConsumer {
    private long bytes;

    long bytes() {
      return bytes;
    }

    @Override
    public void tracks(TrackSet tracks) {
      // known
    }

    @Override
    public void sample(Sample sample) {
      bytes += sample.data().size();
    }

    @Override
    public void gapOpened(Gap gap) {
      throw new IllegalStateException("gap: " + gap);
    }

    @Override
    public void gapClosed(Gap gap) {
      throw new IllegalStateException("gap: " + gap);
    }

    @Override
    public void end(GapCause cause) {
      throw new IllegalStateException("end: " + cause);
    }
  }
}
