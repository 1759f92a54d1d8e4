package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.h264.H264Packetizer;
import io.lva.rtp.payload.nal.StartCodes;
import io.lva.testkit.SharedData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code depacketize(packetize(x)) == x}. */
class RoundTripTest {
  @Test
  void packetize_randomAccessUnits_comeBackUnchanged() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      SlabPool pool = new SlabPool(1 + random.nextInt(5000), 8 << 20);
      TestCamera camera =
          new TestCamera(ReceiverOptions.defaults().withCameraClock(true), pool).start();
      H264Packetizer packetizer = new H264Packetizer(3 + random.nextInt(1500));
      List<List<String>> expected = new ArrayList<>();
      for (int picture = 0; picture < 30; picture++) {
        List<ByteBuffer> units = accessUnit(random, picture % 10 == 0);
        expected.add(units.stream().map(RoundTripTest::hex).toList());
        long timestamp = 3000L * picture;
        packetizer.packetize(
            units, (payload, last) -> camera.packet(timestamp, last, bytes(payload)));
      }
      camera.receiver.end(GapCause.STREAM_ENDED);

      List<List<String>> delivered = new ArrayList<>();
      for (int i = 0; i < camera.output.samples.size(); i++) {
        delivered.add(camera.output.nalUnits(i));
      }
      assertThat(delivered).as("seed " + seed).isEqualTo(expected);
      assertThat(pool.usedBytes()).isZero();
      assertThat(camera.receiver.statistics().deviations()).isEmpty();
    }
  }

  @Test
  void packetize_realElementaryStream_comesBackUnchanged() {
    TestCamera camera = TestCamera.replay().start();
    H264Packetizer packetizer = new H264Packetizer(1400);
    List<String> expected = new ArrayList<>();
    long timestamp = 0;
    for (byte[] frame : SharedData.contents("testdata/frames/h264")) {
      List<ByteBuffer> units = split(frame);
      units.stream()
          .map(RoundTripTest::hex)
          .filter(unit -> !List.of("67", "68", "09").contains(unit.substring(0, 2)))
          .forEach(expected::add);
      long now = timestamp;
      packetizer.packetize(units, (payload, last) -> camera.packet(now, last, bytes(payload)));
      timestamp += 3600;
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    List<String> delivered = new ArrayList<>();
    for (int i = 0; i < camera.output.samples.size(); i++) {
      delivered.addAll(camera.output.nalUnits(i));
    }
    assertThat(delivered).isNotEmpty().isEqualTo(expected);
    assertThat(camera.output.tracks).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 100, 1400})
  void packetize_anyLimit_noPayloadIsLarger(int limit) {
    List<ByteBuffer> units = accessUnit(new Random(limit), true);
    List<ByteBuffer> payloads = new ArrayList<>();
    List<Boolean> lasts = new ArrayList<>();
    new H264Packetizer(limit)
        .packetize(
            units,
            (payload, last) -> {
              payloads.add(payload);
              lasts.add(last);
            });
    assertThat(payloads).allMatch(payload -> payload.remaining() <= limit);
    assertThat(lasts.indexOf(true)).isEqualTo(lasts.size() - 1);
    assertThat(units).allMatch(unit -> unit.position() == 0);
  }

  @Test
  void packetize_smallUnits_shareAPayloadWithTheHighestImportance() {
    List<String> payloads = new ArrayList<>();
    new H264Packetizer(20)
        .packetize(
            List.of(buffer("09f0"), buffer("674200"), buffer("68aa")),
            (payload, last) -> payloads.add(hex(payload) + last));
    assertThat(payloads).containsExactly("78000209f00003674200000268aatrue");
  }

  @Test
  void constructor_limitOutOfRange_isRefused() {
    assertThatThrownBy(() -> new H264Packetizer(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new H264Packetizer(70_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Units without three bytes in a row that emulation prevention would have kept out. */
  private static List<ByteBuffer> accessUnit(Random random, boolean idr) {
    List<ByteBuffer> units = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      units.add(unit(random, 0x06, 0x05, 2 + random.nextInt(40)));
    }
    int slices = 1 + random.nextInt(4);
    for (int i = 0; i < slices; i++) {
      int size = random.nextBoolean() ? 2 + random.nextInt(30) : 2 + random.nextInt(20_000);
      units.add(unit(random, idr ? 0x65 : 0x41, i == 0 ? 0x88 : 0x40, size));
    }
    return units;
  }

  private static ByteBuffer unit(Random random, int header, int first, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    bytes[0] = (byte) header;
    bytes[1] = (byte) first;
    for (int i = 2; i < size; i++) {
      if (bytes[i - 1] == 0 && bytes[i] >= 0 && bytes[i] <= 1) {
        bytes[i] = 3;
      }
    }
    return ByteBuffer.wrap(bytes);
  }

  private static List<ByteBuffer> split(byte[] byteStream) {
    String hex = HexFormat.of().formatHex(byteStream);
    ByteBuffer buffer = ByteBuffer.wrap(byteStream);
    List<ByteBuffer> units = new ArrayList<>();
    int start = StartCodes.find(buffer, 0, byteStream.length);
    assertThat(hex).startsWith("000000");
    while (start >= 0) {
      int next = StartCodes.find(buffer, start + 3, byteStream.length);
      int end = next < 0 ? byteStream.length : next;
      while (byteStream[end - 1] == 0) {
        end--;
      }
      units.add(buffer.slice(start + 3, end - start - 3));
      start = next;
    }
    return units;
  }

  private static ByteBuffer buffer(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static String hex(ByteBuffer buffer) {
    return HexFormat.of().formatHex(bytes(buffer));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return copy;
  }
}
