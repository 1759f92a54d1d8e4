package io.lva.bench;

import io.lva.rtsp.message.RtspDecoder;
import io.lva.rtsp.message.RtspInbound;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.List;
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
 * What does one interleaved frame cost from the receive buffer to its packet, when one read brings
 * the fifteen frames of a picture?
 *
 * <p>An operation is a frame.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SplitterBenchmark {
  private static final int FRAMES = 15;
  private static final int FRAME_HEADER_BYTES = 4;

  private final Counting counting = new Counting();
  private EmbeddedChannel channel = new EmbeddedChannel();
  private ByteBuf received = Unpooled.EMPTY_BUFFER;

  /** Created by JMH. */
  public SplitterBenchmark() {}

  /** Fills the receive buffer. */
  @Setup
  public void fill() {
    List<ByteBuffer> packets =
        RtpFeed.packets(DepacketizerBenchmark.Packetization.FU_A.nalUnits()).subList(0, FRAMES);
    received = Unpooled.directBuffer(FRAMES * (FRAME_HEADER_BYTES + 2048));
    for (ByteBuffer packet : packets) {
      received.writeByte('$').writeByte(0).writeShort(packet.remaining()).writeBytes(packet);
    }
    RtspDecoder decoder = new RtspDecoder(counting, RtspLimits.DEFAULT);
    decoder.assign(0);
    channel = new EmbeddedChannel(decoder);
  }

  /** Frees the buffer. */
  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
    received.release();
  }

  /**
   * Splits what one read brought.
   *
   * @return bytes of packets so far
   */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long frames() {
    received.readerIndex(0);
    channel.pipeline().fireChannelRead(received.retain());
    return counting.packetBytes;
  }

  private static final class Counting implements RtspInbound {
    private long packetBytes;

    @Override
    public void interleaved(int interleavedChannel, ByteBuffer data) {
      packetBytes += data.remaining();
    }

    @Override
    public void message(RtspMessage message) {
      throw new IllegalStateException("a message among frames");
    }
  }
}
