package io.lva.bench;

import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.AccessUnit;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.RtpPacket;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
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
 * What does one access unit or audio frame cost from its RTP packets to what the depacketizer hands
 * on, in each payload format but H.264?
 *
 * <p>An operation is a picture of fifteen fragments, or an audio frame of one packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PayloadBenchmark {
  private static final int HEADER_BYTES = 12;

  /** The payload format. */
  @Param public Payload payload = Payload.H265;

  private final Counting counting = new Counting();
  private final RtpPacket header = new RtpPacket();
  private List<ByteBuffer> packets = List.of();
  private Depacketizer depacketizer =
      Payload.G711.depacketizer(SlabPool.ofBytes(1 << 20), new Counting());
  private int timestamp;

  /** The payload formats, with the packets that carry one unit of each. */
  public enum Payload {
    /** RFC 7798: one NAL unit of 21 kB in fragments. */
    H265("H265", 90_000, 1, Map.of()) {
      @Override
      List<ByteBuffer> payloads() {
        List<ByteBuffer> payloads = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
          ByteBuffer fragment = random(1400);
          int part = i == 0 ? 0x80 : i == 14 ? 0x40 : 0;
          fragment.put(0, (byte) (49 << 1)).put(1, (byte) 1).put(2, (byte) (part | 1));
          payloads.add(fragment.put(3, (byte) 0x80));
        }
        return payloads;
      }
    },
    /** RFC 3640: one frame of 400 bytes. */
    AAC(
        "mpeg4-generic",
        48_000,
        2,
        Map.of(
            "mode",
            "AAC-hbr",
            "config",
            "1190",
            "sizelength",
            "13",
            "indexlength",
            "3",
            "indexdeltalength",
            "3")) {
      @Override
      List<ByteBuffer> payloads() {
        return List.of(random(404).putShort(0, (short) 16).putShort(2, (short) (400 << 3)));
      }
    },
    /** RFC 6416: one frame of 400 bytes. */
    LATM("MP4A-LATM", 48_000, 2, Map.of("cpresent", "0", "config", "400023203fc0")) {
      @Override
      List<ByteBuffer> payloads() {
        return List.of(random(402).put(0, (byte) 255).put(1, (byte) 145));
      }
    },
    /** RFC 3551: 20 ms of µ-law. */
    G711("PCMU", 8000, 1, Map.of()) {
      @Override
      List<ByteBuffer> payloads() {
        return List.of(random(160));
      }
    },
    /** RFC 3551: 7 ms of linear audio. */
    L16("L16", 48_000, 2, Map.of()) {
      @Override
      List<ByteBuffer> payloads() {
        return List.of(random(1344));
      }
    },
    /** RFC 7587: one frame of 160 bytes. */
    OPUS("opus", 48_000, 2, Map.of()) {
      @Override
      List<ByteBuffer> payloads() {
        return List.of(random(160));
      }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final TrackFormat format;

    Payload(String encoding, int clockRate, int channels, Map<String, String> parameters) {
      MediaType type = clockRate == 90_000 ? MediaType.VIDEO : MediaType.AUDIO;
      format =
          new TrackFormat(
              0, type, 96, clockRate, channels, encoding, parameters, OptionalLong.empty());
    }

    /** Returns the payloads of a unit. */
    abstract List<ByteBuffer> payloads();

    Depacketizer depacketizer(SlabPool slabs, Depacketizer.Output output) {
      return PayloadFormats.receiving(format)
          .orElseThrow()
          .depacketizer(format, slabs, new PayloadLimits(1 << 20, 64), output);
    }

    /** Returns random bytes that contain no start code. */
    private static ByteBuffer random(int sizeBytes) {
      byte[] bytes = new byte[sizeBytes];
      new Random(sizeBytes).nextBytes(bytes);
      for (int i = 0; i < sizeBytes; i++) {
        bytes[i] |= 0x10;
      }
      return ByteBuffer.wrap(bytes);
    }
  }

  /** Created by JMH. */
  public PayloadBenchmark() {}

  /**
   * Creates the packets.
   *
   * @throws IllegalStateException when the depacketizer does not hand on the units
   */
  @Setup
  public void start() {
    depacketizer = payload.depacketizer(SlabPool.ofBytes(16 << 20), counting);
    packets = new ArrayList<>();
    List<ByteBuffer> payloads = payload.payloads();
    for (int i = 0; i < payloads.size(); i++) {
      ByteBuffer content = payloads.get(i);
      ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + content.remaining());
      boolean last = i == payloads.size() - 1;
      packet.put((byte) 0x80).put((byte) (last ? 0x80 | 96 : 96)).position(HEADER_BYTES);
      packets.add(packet.put(content).flip());
    }
    for (int i = 0; i < 10; i++) {
      unit();
    }
    if (counting.units < 9) {
      throw new IllegalStateException(payload + ": " + counting.units + " units of 10");
    }
  }

  /**
   * Receives one unit.
   *
   * @return bytes handed on so far
   */
  @Benchmark
  public long unit() {
    for (int i = 0; i < packets.size(); i++) {
      ByteBuffer packet = packets.get(i);
      packet.putInt(4, timestamp);
      header.read(packet);
      depacketizer.packet(header, timestamp, timestamp);
    }
    timestamp += RtpFeed.FRAME_TICKS;
    return counting.bytes;
  }

  private static final class Counting implements Depacketizer.Output {
    private long bytes;
    private long units;

    @Override
    public void accessUnit(AccessUnit unit) {
      bytes += unit.data().size();
      units++;
    }

    @Override
    public void missing(GapCause cause) {
      throw new IllegalStateException("missing: " + cause);
    }

    @Override
    public void dropped() {
      throw new IllegalStateException("dropped");
    }

    @Override
    public void note(Deviation deviation, String evidence, long first, long second) {
      // H.265 has no parameter sets here
    }
  }
}
