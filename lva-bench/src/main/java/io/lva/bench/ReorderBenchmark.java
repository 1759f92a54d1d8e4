package io.lva.bench;

import io.lva.media.SlabPool;
import io.lva.rtp.SessionReceiver.Order;
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
 * What does a picture cost when its packets come in datagrams, in order or with two of them
 * exchanged?
 *
 * <p>An operation is a picture of fifteen packets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReorderBenchmark {
  /** How the packets of a picture arrive. */
  @Param public Arrival arrival = Arrival.IN_ORDER;

  private final DepacketizerBenchmark.Counting counting = new DepacketizerBenchmark.Counting();
  private final RtpFeed feed = new RtpFeed(SlabPool.ofBytes(16 << 20), counting, Order.RESTORED);
  private List<ByteBuffer> packets = List.of();

  /** Orders of arrival. */
  public enum Arrival {
    /** As they were sent. */
    IN_ORDER,
    /** As they were sent, but with the fifth and sixth packets exchanged. */
    EXCHANGED
  }

  /** Created by JMH. */
  public ReorderBenchmark() {}

  /**
   * Sends the sync sample that a stream begins with, and a few pictures.
   *
   * @throws IllegalStateException when the receiver delivers nothing
   */
  @Setup
  public void start() {
    feed.send(RtpFeed.packets(List.of(SyntheticMedia.slice(SyntheticMedia.SYNC_SLICE, 20_000))));
    packets = new ArrayList<>(RtpFeed.packets(DepacketizerBenchmark.Packetization.FU_A.nalUnits()));
    for (int i = 0; i < 10; i++) {
      picture();
    }
    if (counting.bytes() == 0) {
      throw new IllegalStateException("the receiver delivers nothing");
    }
  }

  /**
   * Receives one picture.
   *
   * @return bytes delivered so far
   */
  @Benchmark
  public long picture() {
    feed.send(packets, arrival == Arrival.EXCHANGED ? 5 : RtpFeed.NONE);
    return counting.bytes();
  }
}
