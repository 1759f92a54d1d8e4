package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.media.codec.AacParameters;
import io.lva.media.codec.H265Parameters;
import io.lva.media.codec.OpusParameters;
import io.lva.media.codec.PcmParameters;
import io.lva.media.codec.PcmParameters.Encoding;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.SendFormat;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code depacketize(packetize(x)) == x} for each codec, in order and out of order. */
class CodecRoundTripTest {
  /** Main profile, level 4, 1920x1080, 30 pictures per second. */
  static final H265Parameters H265 =
      H265Parameters.of(
          List.of(Bytes.ofHex("40010c01ffff016000000300900000030000030078999809")),
          List.of(
              Bytes.ofHex(
                  "420101016000000300900000030000030078a003c080"
                      + "10e596666924cae010000003001000000301e080")),
          List.of(Bytes.ofHex("4401c172b46240")));

  static Stream<CodecParameters> codecs() {
    return Stream.of(
        H265,
        AacParameters.of(Bytes.ofHex("1190")),
        new PcmParameters(Encoding.MU_LAW, 8000, 1),
        new PcmParameters(Encoding.A_LAW, 8000, 1),
        new PcmParameters(Encoding.LINEAR_16, 44_100, 2),
        new OpusParameters(2, 0));
  }

  private static TrackFormat described(CodecParameters parameters, SendFormat sender) {
    return new TrackFormat(
        0,
        parameters.mediaType(),
        96,
        sender.clockRate(),
        sender.channels(),
        sender.encoding(),
        sender.formatParameters(),
        OptionalLong.empty());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void packetize_randomSamples_comeBackUnchanged(CodecParameters parameters) {
    for (int seed = 0; seed < 20; seed++) {
      roundTrip(parameters, seed, SessionReceiver.Order.KEPT);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void packetize_shuffledDatagrams_comeBackUnchanged(CodecParameters parameters) {
    for (int seed = 0; seed < 20; seed++) {
      roundTrip(parameters, seed, SessionReceiver.Order.RESTORED);
    }
  }

  private static void roundTrip(CodecParameters parameters, int seed, SessionReceiver.Order order) {
    Random random = new Random(seed);
    SlabPool pool = new SlabPool(1 + random.nextInt(5000), 8 << 20);
    TestCamera camera = new TestCamera(ReceiverOptions.defaults().withCameraClock(true), pool);
    SendFormat sender = PayloadFormats.sending(parameters).orElseThrow();
    camera.receiver.start(
        List.of(described(parameters, sender)), order, camera.nanoTime, camera.utcNanos());
    List<String> expected = new ArrayList<>();
    List<ByteBuffer> packets = new ArrayList<>();
    int limit = 100 + random.nextInt(1400);
    boolean whole = parameters instanceof OpusParameters || parameters instanceof PcmParameters;
    for (int i = 0; i < 60; i++) {
      byte[] sample = sample(parameters, random, whole ? limit / 4 * 4 : 4000, i % 20 == 0);
      expected.add(HexFormat.of().formatHex(sample));
      long timestamp = 4000L * i;
      sender
          .packetizer()
          .apply(limit)
          .packetize(
              List.of(ByteBuffer.wrap(sample)),
              (payload, marker) ->
                  packets.add(
                      TestCamera.rtp(
                          96, packets.size(), timestamp, camera.ssrc, marker, bytes(payload))));
    }
    if (order == SessionReceiver.Order.RESTORED) {
      shuffle(packets, random);
    }
    for (ByteBuffer packet : packets) {
      camera.receiver.rtp(0, packet, camera.nanoTime, camera.utcNanos());
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    List<String> delivered = new ArrayList<>();
    for (byte[] data : camera.output.data) {
      int skipped = parameters.nalUnits().isPresent() ? 4 : 0;
      delivered.add(HexFormat.of().formatHex(data, skipped, data.length));
    }
    assertThat(delivered).as("seed " + seed).isEqualTo(expected);
    assertThat(camera.output.tracks.get(0).tracks().get(0).parameters()).isEqualTo(parameters);
    assertThat(camera.receiver.statistics().lostPackets()).isZero();
    assertThat(pool.usedBytes()).isZero();
  }

  /** Moves packets by up to eight places, but not the first. */
  private static void shuffle(List<ByteBuffer> packets, Random random) {
    for (int i = 1; i + 8 < packets.size(); i += 8) {
      Collections.shuffle(packets.subList(i, i + 8), random);
    }
  }

  private static byte[] sample(
      CodecParameters parameters, Random random, int maximum, boolean sync) {
    byte[] sample = new byte[Math.max(8, random.nextInt(maximum) / 4 * 4)];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (byte) (1 + random.nextInt(254));
    }
    if (parameters.nalUnits().isPresent()) {
      sample[0] = (byte) (sync ? 19 << 1 : 1 << 1);
      sample[1] = 1;
      sample[2] = (byte) (sync ? 0xa0 : 0xd0);
    }
    if (parameters instanceof AacParameters) {
      sample[0] = 0x21;
    }
    return sample;
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }

  @Test
  void h265_aggregationWithOrderNumbers_isTakenApart() {
    SendFormat sender = PayloadFormats.sending(H265).orElseThrow();
    Map<String, String> parameters = new HashMap<>(sender.formatParameters());
    parameters.put("sprop-max-don-diff", "2");
    TestCamera camera = TestCamera.replay();
    camera.start(
        new TrackFormat(0, H265.mediaType(), 96, 90_000, "h265", parameters, OptionalLong.empty()));
    // DONL, size, slice, DOND, size, suffix message
    camera.packet(0, true, "6001 0001 0005 2601a0aabb 00 0004 50018001");
    camera.packet(3600, true, "6201 93 0007 a0aa");
    camera.packet(3600, true, "6201 53 bbcc");
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.nalUnits(0)).containsExactly("2601a0aabb", "50018001");
    assertThat(camera.output.nalUnits(1)).containsExactly("2601a0aabbcc");
  }

  @Test
  void aac_severalFramesPerPacket_areSpacedByTheirLength() {
    AacParameters aac = AacParameters.of(Bytes.ofHex("1190"));
    SendFormat sender = PayloadFormats.sending(aac).orElseThrow();
    TestCamera camera = TestCamera.replay();
    camera.start(described(aac, sender));
    camera.packet(0, true, "0020 0010 0018 2102 210304");
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.data).containsExactly(hex("2102"), hex("210304"));
    assertThat(camera.output.presentation(1) - camera.output.presentation(0)).isEqualTo(1024);
  }

  @Test
  void aac_adtsInsidePayloads_isLeftOut() {
    AacParameters aac = AacParameters.of(Bytes.ofHex("1190"));
    TestCamera camera = TestCamera.replay();
    camera.start(described(aac, PayloadFormats.sending(aac).orElseThrow()));
    camera.packet(0, true, "0010 0050 fff14c8001 5ffc 210203");

    assertThat(camera.output.data).containsExactly(hex("210203"));
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.ADTS_HEADERS);
  }

  @Test
  void aac_adtsBeforeAFrameInFragments_isLeftOut() {
    AacParameters aac = AacParameters.of(Bytes.ofHex("1190"));
    TestCamera camera = TestCamera.replay();
    camera.start(described(aac, PayloadFormats.sending(aac).orElseThrow()));
    camera.packet(0, false, "0010 00a0 fff14c8002 9ffc 210203");
    camera.packet(0, true, "0010 00a0 0405060708090a0b0c0d");

    assertThat(camera.output.data).containsExactly(hex("2102030405060708090a0b0c0d"));
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.ADTS_HEADERS);
  }

  @Test
  void pcm_payloadsBelowOneFrame_areRefused() {
    SendFormat sender =
        PayloadFormats.sending(new PcmParameters(Encoding.LINEAR_16, 44_100, 2)).orElseThrow();

    assertThatThrownBy(() -> sender.packetizer().apply(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payloads of 3 bytes");
  }

  @Test
  void aac_latm_framesFollowTheirLengths() {
    TestCamera camera = TestCamera.replay();
    camera.start(
        new TrackFormat(
            0,
            MediaType.AUDIO,
            96,
            48_000,
            "MP4A-LATM",
            Map.of("cpresent", "0", "config", "400023203fc0"),
            OptionalLong.empty()));
    camera.packet(0, false, "03 2101 ");
    camera.packet(0, true, "02 02 aabb");

    assertThat(camera.output.data).containsExactly(hex("210102"), hex("aabb"));
    assertThat(camera.output.tracks.get(0).tracks().get(0).parameters().codec())
        .isEqualTo("mp4a.40.2");
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void rtp_garbage_neverThrowsAndKeepsNoMemory(CodecParameters parameters) {
    SendFormat sender = PayloadFormats.sending(parameters).orElseThrow();
    long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
    for (int seed = 0; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      SlabPool pool = SlabPool.ofBytes(1 << 20);
      TestCamera camera = new TestCamera(ReceiverOptions.defaults().withCameraClock(true), pool);
      camera.receiver.start(
          List.of(described(parameters, sender)),
          random.nextBoolean() ? SessionReceiver.Order.KEPT : SessionReceiver.Order.RESTORED,
          camera.nanoTime,
          camera.utcNanos());
      for (int i = 0; i < 200; i++) {
        byte[] payload = new byte[random.nextInt(60)];
        random.nextBytes(payload);
        if (payload.length > 2 && random.nextBoolean()) {
          payload[0] = (byte) (random.nextInt(51) << 1);
          payload[1] = 1;
        }
        if (random.nextInt(10) == 0) {
          camera.lose(random.nextInt(5));
        }
        camera.packet(random.nextInt(3) * 3600L * i, random.nextBoolean(), payload);
      }
      camera.receiver.end(GapCause.STREAM_ENDED);
      assertThat(pool.usedBytes()).as("seed " + seed).isZero();
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
