package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.SlabPool;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.TrackFormat;
import io.lva.testkit.SharedData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every payload format but H.264 with what no camera should send. */
class PayloadFuzzTest {
  private static final long LIMIT_BYTES = 4 << 20;
  private static final Map<String, String> HIGH_RATE =
      Map.of("sizelength", "13", "indexlength", "3", "indexdeltalength", "3", "config", "1188");
  private static final Map<String, String> LOW_RATE =
      Map.of("sizelength", "6", "indexlength", "2", "indexdeltalength", "2", "config", "1188");

  static Stream<TrackFormat> formats() {
    return Stream.of(
        format(MediaType.VIDEO, "H265", 90_000, 1, Map.of()),
        format(MediaType.VIDEO, "H265", 90_000, 1, Map.of("sprop-max-don-diff", "1")),
        format(MediaType.AUDIO, "MPEG4-GENERIC", 48_000, 1, HIGH_RATE),
        format(MediaType.AUDIO, "MPEG4-GENERIC", 48_000, 1, LOW_RATE),
        format(MediaType.AUDIO, "MPEG4-GENERIC", 48_000, 1, Map.of("config", "1188")),
        format(
            MediaType.AUDIO,
            "MPEG4-GENERIC",
            48_000,
            1,
            Map.of("constantsize", "7", "config", "1188")),
        format(
            MediaType.AUDIO,
            "MP4A-LATM",
            24_000,
            2,
            Map.of("cpresent", "0", "config", "400026203fc0")),
        format(MediaType.AUDIO, "PCMA", 8000, 1, Map.of()),
        format(MediaType.AUDIO, "L16", 16_000, 2, Map.of()),
        format(MediaType.AUDIO, "OPUS", 48_000, 2, Map.of()));
  }

  private static TrackFormat format(
      MediaType type, String encoding, int rate, int channels, Map<String, String> parameters) {
    return new TrackFormat(0, type, 96, rate, channels, encoding, parameters, OptionalLong.empty());
  }

  @Test
  void formats_areReceivable() {
    assertThat(formats()).allMatch(format -> PayloadFormats.receiving(format).isPresent());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void rtp_seedsAndTheirMutations_holdTheInvariants(TrackFormat format) {
    List<byte[]> payloads = new ArrayList<>(SharedData.contents("testdata/fuzz-seeds/rtp-aac"));
    payloads.addAll(SharedData.contents("testdata/fuzz-seeds/rtp-h265"));
    payloads.add(new byte[0]);
    payloads.add(new byte[1400]);
    long end = System.nanoTime() + 800_000_000L;
    int round = 0;
    do {
      fuzz(format, payloads, new Random(round++));
    } while (round < 20 || System.nanoTime() < end);
  }

  private static void fuzz(TrackFormat format, List<byte[]> payloads, Random random) {
    ReceiverOptions options =
        ReceiverOptions.defaults()
            .withCameraClock(random.nextBoolean())
            .withMaximumAccessUnit(1 + random.nextInt(20_000), 1 + random.nextInt(100));
    TestCamera camera =
        new TestCamera(options, new SlabPool(1 + random.nextInt(3000), LIMIT_BYTES)).start(format);
    camera.output.keepCalls = false;
    long timestamp = random.nextInt();
    for (int i = 0; i < 300; i++) {
      byte[] payload = mutate(random, payloads.get(random.nextInt(payloads.size())));
      timestamp += random.nextInt(50) == 0 ? random.nextInt() : random.nextInt(2000);
      camera.advance(random.nextInt(60_000_000)).lose(random.nextInt(40) == 0 ? 1 : 0);
      camera.packet(timestamp, random.nextInt(3) == 0, payload);
      if (random.nextInt(150) == 0) {
        camera.receiver.connectionLost(GapCause.CAMERA_UNREACHABLE);
        camera.start(format);
      }
      assertThat(camera.slabs.usedBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    check(camera);
  }

  private static void check(TestCamera camera) {
    assertThat(camera.slabs.usedBytes()).isZero();
    for (Sample sample : camera.output.samples) {
      assertThat(sample.track().parameters().codec()).isNotEmpty();
    }
    assertThat(camera.output.data).doesNotContain(new byte[0]);
  }

  private static byte[] mutate(Random random, byte[] seed) {
    byte[] bytes = Arrays.copyOf(seed, Math.max(0, seed.length + random.nextInt(5) - 2));
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
