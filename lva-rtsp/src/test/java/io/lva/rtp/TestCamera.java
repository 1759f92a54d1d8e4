package io.lva.rtp;

import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.TrackFormat;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A receiver under test and the packets that go into it. */
final class TestCamera {
  static final String SPS = "6742c00dd90141fb0110000003001000000303c8f142a480";
  static final String PPS = "68cb83cb20";
  static final String SDP_SETS = "Z0LADdkBQfsBEAAAAwAQAAADA8jxQqSA,aMuDyyA=";

  static final long UNIT = 3600;
  static final long SECOND = 1_000_000_000L;
  static final long START_UTC = 1_800_000_000L * SECOND;

  final RecordedOutput output = new RecordedOutput();
  final SlabPool slabs;
  final SessionReceiver receiver;
  long nanoTime = 5 * SECOND;
  long utcOffset = START_UTC - nanoTime;
  int sequence = 65000;
  int ssrc = 0x1234;

  /** RTP timestamp of the next picture of {@link #play}. */
  long timestamp = 1_000_000;

  TestCamera(ReceiverOptions options) {
    this(options, SlabPool.ofBytes(64 << 20));
  }

  TestCamera(ReceiverOptions options, SlabPool slabs) {
    this.slabs = slabs;
    receiver = new SessionReceiver(options, slabs, output);
  }

  /** A camera whose clock is trusted, so that nothing is held. */
  static TestCamera replay() {
    return new TestCamera(ReceiverOptions.defaults().withCameraClock(true));
  }

  static TestCamera live() {
    return new TestCamera(ReceiverOptions.defaults());
  }

  static TrackFormat format(Map<String, String> parameters) {
    return new TrackFormat(
        0, MediaType.VIDEO, 96, 90_000, "H264", parameters, OptionalLong.empty());
  }

  TestCamera start() {
    return start(format(Map.of("sprop-parameter-sets", SDP_SETS)));
  }

  TestCamera start(TrackFormat... formats) {
    receiver.start(List.of(formats), nanoTime, utcNanos());
    return this;
  }

  long utcNanos() {
    return nanoTime + utcOffset;
  }

  /** Sends a packet with the next sequence number, now. */
  TestCamera packet(long timestamp, boolean marker, String payload) {
    return packet(timestamp, marker, HexFormat.of().parseHex(payload.replace(" ", "")));
  }

  TestCamera packet(long timestamp, boolean marker, byte[] payload) {
    ByteBuffer bytes = rtp(96, sequence, timestamp, ssrc, marker, payload);
    sequence = (sequence + 1) & 0xffff;
    receiver.rtp(0, bytes, nanoTime, utcNanos());
    return this;
  }

  /** Sends a picture of one slice. */
  TestCamera picture(long timestamp, boolean idr) {
    return packet(timestamp, true, idr ? "658880aa" : "419a0102");
  }

  /** Sends pictures at 25 per second in real time, the first of every 50 an IDR picture. */
  void play(int pictures) {
    for (int i = 0; i < pictures; i++) {
      picture(timestamp, i % 50 == 0);
      timestamp += UNIT;
      advance(SECOND / 25);
    }
  }

  TestCamera lose(int packets) {
    sequence = (sequence + packets) & 0xffff;
    return this;
  }

  TestCamera advance(long nanos) {
    nanoTime += nanos;
    return this;
  }

  static ByteBuffer rtp(
      int payloadType, int sequence, long timestamp, int ssrc, boolean marker, byte[] payload) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + payload.length);
    bytes.put((byte) 0x80).put((byte) (payloadType | (marker ? 0x80 : 0)));
    bytes.putShort((short) sequence).putInt((int) timestamp).putInt(ssrc).put(payload);
    return bytes.flip();
  }

  static ByteBuffer senderReport(int ssrc, long utcNanos, long timestamp) {
    long seconds = Math.floorDiv(utcNanos, SECOND) + 2_208_988_800L;
    long fraction = (Math.floorMod(utcNanos, SECOND) << 32) / SECOND;
    ByteBuffer report = ByteBuffer.allocate(28);
    report.putInt(0x80c80006).putInt(ssrc).putInt((int) seconds).putInt((int) fraction);
    return report.putInt((int) timestamp).putInt(1).putInt(2).flip();
  }
}
