package io.lva.bench;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.media.TrackSet;
import io.lva.rtp.H264Packetizer;
import io.lva.rtp.ReceiverOptions;
import io.lva.rtp.SessionReceiver;
import io.lva.rtp.TrackFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One access unit as RTP packets, sent to a receiver again and again with new sequence numbers and
 * timestamps.
 *
 * <p>Confined to one thread.
 */
final class RtpFeed {
  static final int PAYLOAD_BYTES = 1400;
  static final int PAYLOAD_TYPE = 96;
  static final int FRAME_TICKS = 3600;

  private static final int HEADER_BYTES = 12;
  private static final long FRAME_NANOS = 40_000_000;
  private static final byte IDR_SLICE = 0x65;

  private final SessionReceiver receiver;
  private final List<ByteBuffer> packets;
  private int sequenceNumber;
  private int timestamp;
  private long nanoTime;
  private long deliveredBytes;

  /**
   * Makes a feed whose receiver has had its first sync sample.
   *
   * @param nalUnits of the access unit that {@link #next} sends
   */
  RtpFeed(List<ByteBuffer> nalUnits) {
    receiver =
        new SessionReceiver(
            ReceiverOptions.defaults().withCameraClock(true),
            SlabPool.ofBytes(16 << 20),
            new Discarding());
    TrackFormat format =
        new TrackFormat(
            0,
            MediaType.VIDEO,
            PAYLOAD_TYPE,
            90_000,
            "H264",
            Map.of("sprop-parameter-sets", SyntheticMedia.PARAMETER_SETS),
            OptionalLong.empty());
    receiver.start(List.of(format), 0, 0);
    send(packets(List.of(SyntheticMedia.slice(IDR_SLICE, 20_000))));
    packets = packets(nalUnits);
    for (int i = 0; i < 10; i++) {
      next();
    }
    if (deliveredBytes == 0) {
      throw new IllegalStateException("the receiver delivers nothing");
    }
  }

  /** Sends the access unit once more; returns the bytes of all samples delivered so far. */
  long next() {
    send(packets);
    return deliveredBytes;
  }

  /** Returns how many packets an access unit has. */
  int packetCount() {
    return packets.size();
  }

  private void send(List<ByteBuffer> unit) {
    for (int i = 0; i < unit.size(); i++) {
      ByteBuffer packet = unit.get(i);
      packet.putShort(2, (short) sequenceNumber++);
      packet.putInt(4, timestamp);
      receiver.rtp(0, packet, nanoTime, nanoTime);
    }
    timestamp += FRAME_TICKS;
    nanoTime += FRAME_NANOS;
  }

  /** Makes the packets of an access unit, in direct buffers as a socket fills them. */
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

  /** Counts what is delivered. */
  private final class Discarding implements SampleConsumer {
    @Override
    public void tracks(TrackSet tracks) {
      // known
    }

    @Override
    public void sample(Sample sample) {
      deliveredBytes += sample.data().size();
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
