package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lva.testkit.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the bytes, readers end with a result or their own exception. */
@Timeout(120)
class FuzzTest {
  private static final int MUTATIONS = 20_000;

  @Test
  void readers_seedsOfOtherParsers_endOrComplain() throws IOException {
    for (String folder : List.of("fuzz-seeds/fmp4", "fuzz-seeds/fmp4-init")) {
      for (Path seed : SharedData.files("testdata/" + folder)) {
        byte[] bytes = Files.readAllBytes(seed);
        assertThatCode(() -> readAll(bytes)).as(seed.toString()).doesNotThrowAnyException();
        mutate(bytes, 300, seed.hashCode());
      }
    }
  }

  @Test
  void readers_randomBytes_endOrComplain() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      readAll(bytes);
    }
  }

  @Test
  void readers_mutatedOwnFiles_endOrComplain() throws IOException {
    mutate(Fixtures.file(), MUTATIONS, 2);
    mutate(progressive(), MUTATIONS, 3);
  }

  private static byte[] progressive() {
    ProgressiveWriter writer = new ProgressiveWriter(Fixtures.videoAndAudio(), Fixtures.CREATED);
    for (int i = 0; i < 20; i++) {
      writer.add(1, 10 + i, 3600, i % 3 - 1, i % 10 == 0);
      writer.add(2, 5, 320, 0, true);
    }
    writer.trim(1, 3600, 10_000);
    return Fixtures.join(writer.header().toByteArray(), new byte[(int) writer.mediaBytes()]);
  }

  private static void mutate(byte[] seed, int count, long randomSeed) throws IOException {
    Random random = new Random(randomSeed);
    for (int i = 0; i < count && seed.length > 0; i++) {
      byte[] bytes = seed.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        mutateOnce(bytes, random);
      }
      readAll(bytes);
    }
  }

  private static void mutateOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int[] interesting = {0, 1, 7, 8, 0x7fff_ffff, -1, 0x8000_0000, 0x10000, random.nextInt()};
    if (random.nextBoolean() && at + 4 <= bytes.length) {
      int value = interesting[random.nextInt(interesting.length)];
      ByteBuffer.wrap(bytes).putInt(at, value);
    } else {
      bytes[at] = (byte) random.nextInt();
    }
  }

  /** Lets every reader see the bytes; each must hold what it promises. */
  private static void readAll(byte[] bytes) throws IOException {
    ByteSource source = Fixtures.source(bytes);
    FragmentedFile file = FragmentedFile.read(source);
    assertThat(file.wholeBytes()).isBetween(0L, (long) bytes.length);
    assertThat(BoxChecker.checkWithMedia(source)).hasSizeLessThanOrEqualTo(101);
    List<Parser> parsers = new ArrayList<>();
    parsers.add(() -> checkTracks(Mp4Reader.read(source), bytes.length));
    parsers.add(() -> InitSegment.parse(ByteBuffer.wrap(bytes)).forTrack(1));
    parsers.add(() -> UuidBox.parse(ByteBuffer.wrap(bytes)));
    parsers.add(() -> ProducerReferenceTime.parse(ByteBuffer.wrap(bytes)));
    parsers.add(() -> TfdtPatch.add(ByteBuffer.wrap(bytes.clone()), 1L << 40));
    int complaints = 0;
    for (Parser parser : parsers) {
      complaints += complains(parser) ? 1 : 0;
    }
    assertThat(complaints).isBetween(0, parsers.size());
  }

  private static boolean complains(Parser parser) throws IOException {
    try {
      parser.run();
      return false;
    } catch (Mp4Exception | IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      // forTrack(1) refuses a head without a track 1.
      if (e instanceof IllegalArgumentException) {
        assertThat(e).hasMessage("no track 1");
      }
      return true;
    }
  }

  private static void checkTracks(List<Mp4Track> tracks, int fileBytes) {
    for (Mp4Track track : tracks) {
      SampleTable samples = track.samples();
      for (int i = 0; i < samples.count(); i++) {
        assertThat(samples.offset(i) >= 0 && samples.offset(i) + samples.size(i) <= fileBytes)
            .isTrue();
      }
    }
  }

  private interface Parser {
    void run() throws IOException, Mp4Exception;
  }
}
