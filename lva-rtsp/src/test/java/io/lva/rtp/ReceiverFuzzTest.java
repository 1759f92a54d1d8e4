package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.SlabPool;
import io.lva.testkit.SharedData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a camera sends: no exception, bounded memory, decode times that advance. */
class ReceiverFuzzTest {
  private static final long LIMIT_BYTES = 4 << 20;

  @Test
  void rtp_seedsAndTheirMutations_holdTheInvariants() {
    List<byte[]> seeds = new ArrayList<>(SharedData.contents("testdata/fuzz-seeds/rtp-h264"));
    List<byte[]> payloads = new ArrayList<>(seeds);
    for (byte[] seed : seeds) {
      for (int at = 4; at + 4 < seed.length; at += 64) {
        payloads.add(java.util.Arrays.copyOfRange(seed, at, Math.min(seed.length, at + 64)));
      }
    }
    fuzz(payloads, 300);
  }

  @Test
  void rtp_randomBytes_holdTheInvariants() {
    List<byte[]> payloads = new ArrayList<>();
    for (String hex :
        List.of(
            "658880aa", "419a01", "7c858880", "7c45aa", "7c05bb", "780003658880", "67", "68ce")) {
      payloads.add(java.util.HexFormat.of().parseHex(hex));
    }
    payloads.add(java.util.HexFormat.of().parseHex(TestCamera.SPS));
    payloads.add(java.util.HexFormat.of().parseHex("00000001" + TestCamera.PPS));
    fuzz(payloads, 600);
  }

  @Test
  void rtcp_seedsAndTheirMutations_neverThrow() {
    List<byte[]> seeds = new ArrayList<>(SharedData.contents("testdata/fuzz-seeds/rtcp"));
    seeds.add(senderReport());
    TestCamera camera = TestCamera.live().start();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = mutate(random, seeds.get(random.nextInt(seeds.size())));
      byte[] before = bytes.clone();
      camera.receiver.rtcp(0, ByteBuffer.wrap(bytes), camera.nanoTime, camera.utcNanos());
      camera.receiver.rtp(0, ByteBuffer.wrap(bytes), camera.nanoTime, camera.utcNanos());
      assertThat(bytes).isEqualTo(before);
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.slabs.usedBytes()).isZero();
  }

  private static void fuzz(List<byte[]> payloads, int rounds) {
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(round);
      ReceiverOptions options =
          ReceiverOptions.defaults()
              .withCameraClock(random.nextBoolean())
              .withMaximumAccessUnit(1 + random.nextInt(200_000), 1 + random.nextInt(100));
      TestCamera camera =
          new TestCamera(options, new SlabPool(1 + random.nextInt(3000), LIMIT_BYTES)).start();
      camera.output.keepCalls = false;
      long timestamp = random.nextInt();
      for (int i = 0; i < 400; i++) {
        byte[] payload = mutate(random, payloads.get(random.nextInt(payloads.size())));
        timestamp += random.nextInt(4) == 0 ? 3000 : random.nextInt(50) == 0 ? random.nextInt() : 0;
        camera.advance(random.nextInt(60_000_000)).lose(random.nextInt(40) == 0 ? 1 : 0);
        camera.packet(timestamp, random.nextInt(3) == 0, payload);
        if (random.nextInt(150) == 0) {
          camera.receiver.connectionLost(GapCause.CAMERA_UNREACHABLE);
          camera.start();
        }
        assertThat(camera.slabs.usedBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
      }
      camera.receiver.end(GapCause.STREAM_ENDED);
      check(camera);
    }
  }

  private static void check(TestCamera camera) {
    assertThat(camera.slabs.usedBytes()).isZero();
    for (int i = 0; i < camera.output.samples.size(); i++) {
      for (String unit : camera.output.nalUnits(i)) {
        assertThat(unit).hasSizeGreaterThan(2).doesNotContainPattern("^(..)*000001");
      }
    }
    assertThat(camera.output.closed.size())
        .isBetween(
            camera.output.opened.isEmpty() ? 0 : (int) camera.receiver.statistics().gaps() - 1,
            (int) camera.receiver.statistics().gaps());
    if (!camera.output.samples.isEmpty()) {
      Sample first = camera.output.samples.get(0);
      assertThat(first.sync()).isTrue();
    }
  }

  private static byte[] mutate(Random random, byte[] seed) {
    byte[] bytes = java.util.Arrays.copyOf(seed, Math.max(0, seed.length + random.nextInt(5) - 2));
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] senderReport() {
    return java.util.HexFormat.of()
        .parseHex("80c80006000012340000000100000002000000030000000400000005");
  }
}
