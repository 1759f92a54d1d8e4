package io.lva.bench;

import io.lva.media.MediaType;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.rtp.ReceiverOptions;
import io.lva.rtp.SessionReceiver;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtp.payload.h264.H264Packetizer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Sends access units to a receiver as RTP packets with advancing sequence numbers and timestamps.
 *
 * <p>Confined to one thread.
 */
final class RtpFeed {
  static final int FRAME_TICKS = 3600;

  /** Stands for no early packet: all arrive in order. */
  static final int NONE = -1;

  private static final int PAYLOAD_BYTES = 1400;
  private static final int PAYLOAD_TYPE = 96;
  private static final int HEADER_BYTES = 12;
  private static final long FRAME_NANOS = 40_000_000;

  private final SessionReceiver receiver;
  private int sequenceNumber;
  private int timestamp;
  private long nanoTime;

  /**
   * Creates a feed that has sent nothing.
   *
   * @param slabs memory of the samples
   * @param output what the receiver delivers to
   */
  RtpFeed(SlabPool slabs, SampleConsumer output) {
    this(slabs, output, SessionReceiver.Order.KEPT);
  }

  /**
   * Creates a feed that has sent nothing.
   *
   * @param slabs memory of the samples
   * @param output what the receiver delivers to
   * @param order whether the transport keeps the order of the packets
   */
  RtpFeed(SlabPool slabs, SampleConsumer output, SessionReceiver.Order order) {
    receiver = new SessionReceiver(ReceiverOptions.defaults().withCameraClock(true), slabs, output);
    TrackFormat format =
        new TrackFormat(
            0,
            MediaType.VIDEO,
            PAYLOAD_TYPE,
            90_000,
            "H264",
            Map.of("sprop-parameter-sets", SyntheticMedia.PARAMETER_SETS),
            OptionalLong.empty());
    receiver.start(List.of(format), order, 0, 0);
  }

  /** Sends one access unit, and writes numbers and times into its packets. */
  void send(List<ByteBuffer> packets) {
    send(packets, NONE);
  }

  /**
   * Sends one access unit in which the packet at index {@code early} arrives before the one that
   * precedes it.
   */
  void send(List<ByteBuffer> packets, int early) {
    for (int i = 0; i < packets.size(); i++) {
      ByteBuffer packet = packets.get(i);
      packet.putShort(2, (short) sequenceNumber++);
      packet.putInt(4, timestamp);
      if (i != early - 1) {
        receiver.rtp(0, packet, nanoTime, nanoTime);
      }
      if (i == early) {
        receiver.rtp(0, packets.get(i - 1), nanoTime, nanoTime);
      }
    }
    timestamp += FRAME_TICKS;
    nanoTime += FRAME_NANOS;
  }

  /** Creates the packets of an access unit, in direct buffers as a socket fills them. */
  static List<ByteBuffer> packets(List<ByteBuffer> nalUnits) {
    List<ByteBuffer> packets = new ArrayList<>();
    new H264Packetizer(PAYLOAD_BYTES)
        .packetize(
            nalUnits,
            (payload, last) -> {
              ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + payload.remaining());
              packet.put((byte) 0x80).put((byte) (PAYLOAD_TYPE | (last ? 0x80 : 0)));
              packet.position(HEADER_BYTES);
              packets.add(packet.put(payload).flip());
            });
    return packets;
  }
}
