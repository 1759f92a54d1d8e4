package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFolderTest {
  private static final String CLIP =
      "ffmpeg -v error -f lavfi -i testsrc2=s=320x180:r=25 -t 3 -c:v libx264 -preset ultrafast"
          + " -bf 2 -b_strategy 0 -refs 2 -g 25 -pix_fmt yuv420p ";

  private static final String CLIP_WITH_SOUND =
      "ffmpeg -v error -f lavfi -i testsrc2=s=320x180:r=25 -f lavfi -i sine -t 2 -preset ultrafast"
          + " -pix_fmt yuv420p ";

  @TempDir private Path folder;

  @Test
  void read_rawPattern_hasTheRateOfItsParameterSetAndLoops() throws IOException {
    write("clock.h264", PatternFile.of(new PatternEncoder(1), 1000, 75));
    try (MediaFolder media = MediaFolder.read(folder)) {
      MediaTrack source = track(media, "/media/clock.h264");

      assertThat(source.framesPerSecond()).hasValue(25);
      assertThat(source.parameters().width()).isEqualTo(640);
      assertThat(source.sync(0)).isTrue();
      assertThat(source.sync(1)).isFalse();
      assertThat(source.sync(50)).isTrue();
      assertThat(source.sync(75)).isTrue();
      for (int i = 0; i < 300; i++) {
        assertThat(source.decodeTicks(i)).isEqualTo(i * 3600L);
        assertThat(source.unit(i).presentationTicks()).isEqualTo(i * 3600L);
      }
      assertThat(source.unit(75).packets()).isSameAs(source.unit(0).packets());
    }
  }

  @Test
  void read_rawPatternThatBeginsInAGroup_beginsWithTheNextOne() throws IOException {
    write("late.h264", PatternFile.of(new PatternEncoder(1), 1048, 12));
    write("never.h264", PatternFile.of(new PatternEncoder(1), 1001, 12));
    try (MediaFolder media = MediaFolder.read(folder)) {
      MediaTrack source = track(media, "/media/late.h264");

      assertThat(media.rejected()).containsOnlyKeys("/media/never.h264");
      assertThat(source.sync(0)).isTrue();
      assertThat(source.sync(10)).isTrue();
      assertThat(source.sync(9)).isFalse();
    }
  }

  @Test
  void start_burst_holdsAllButTheLastPictureOfTheFirstGroup() throws IOException {
    write("clock.h264", PatternFile.of(new PatternEncoder(1), 1000, 75));
    try (MediaFolder media = MediaFolder.read(folder)) {
      MediaSource source = source(media, "/media/clock.h264");

      assertThat(source.start(5_000_000_000L, false).originUtcNanos()).isEqualTo(5_000_000_000L);
      assertThat(source.start(5_000_000_000L, true).originUtcNanos()).isEqualTo(3_040_000_000L);
    }
  }

  @Test
  void read_progressiveFragmentedAndRaw_haveTheSamePicturesAtTheSameTimes() throws Exception {
    make(CLIP + "progressive.mp4");
    make(
        "ffmpeg -v error -i progressive.mp4 -c copy -movflags +frag_keyframe+delay_moov fragmented.mp4");
    make("ffmpeg -v error -i progressive.mp4 -c copy -bsf:v h264_mp4toannexb raw.264");
    try (MediaFolder media = MediaFolder.read(folder)) {
      MediaTrack progressive = track(media, "/media/progressive.mp4");
      assertSameTimes(progressive, track(media, "/media/fragmented.mp4"));
      assertSameTimes(progressive, track(media, "/media/raw.264"));
      assertThat(progressive.unit(1).presentationTicks())
          .isGreaterThan(progressive.unit(2).presentationTicks());
    }
  }

  @Test
  void read_whatCannotBePlayed_saysWhyAndServesTheRest() throws Exception {
    write("clock.h264", PatternFile.of(new PatternEncoder(1), 1000, 10));
    write("notes.txt", new byte[] {1});
    write("empty.mp4", new byte[0]);
    write("empty.h264", new byte[0]);
    make("ffmpeg -v error -f lavfi -i testsrc2=s=320x180:r=25 -t 1 -c:v mpeg4 other.mp4");
    try (MediaFolder media = MediaFolder.read(folder)) {
      assertThat(media.sources()).containsOnlyKeys("/media/clock.h264");
      assertThat(media.rejected())
          .containsEntry("/media/notes.txt", "neither MP4 (.mp4) nor raw H.264 (.h264)")
          .containsEntry("/media/other.mp4", "no track that can be sent, but [mp4v]")
          .containsKeys("/media/empty.mp4", "/media/empty.h264");
    }
  }

  @Test
  void read_noFolder_fails() {
    assertThatThrownBy(() -> MediaFolder.read(folder.resolve("nothing")))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fuzz.h264", "fuzz.mp4"})
  void read_damagedFiles_areServedOrRejected(String name) throws Exception {
    byte[] raw = PatternFile.of(new PatternEncoder(1), 1000, 4);
    Random random = new Random(4);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = i % 4 == 0 ? new byte[random.nextInt(500)] : raw.clone();
      for (int j = 0; j < (i % 4 == 0 ? damaged.length : 1 + random.nextInt(20)); j++) {
        int headers = Math.min(damaged.length, j % 2 == 0 ? 64 : damaged.length);
        damaged[random.nextInt(headers)] = (byte) random.nextInt();
      }
      write(name, damaged);
      try (MediaFolder media = MediaFolder.read(folder)) {
        assertThat(media.sources().size() + media.rejected().size()).isEqualTo(1);
        for (MediaSource source : media.sources().values()) {
          MediaTrack track = source.tracks().get(0);
          assertThat(track.decodeTicks(9)).isGreaterThan(track.decodeTicks(8));
          assertThat(track.unit(0).packets()).isNotNull();
        }
      }
    }
  }

  /** A raw stream does not tell how long its encoder held pictures back: one delay for all. */
  private static void assertSameTimes(MediaTrack left, MediaTrack right) {
    assertThat(right.parameters()).isEqualTo(left.parameters());
    long shift = right.unit(0).presentationTicks() - left.unit(0).presentationTicks();
    for (int i = 0; i < 160; i++) {
      MediaUnit one = left.unit(i);
      MediaUnit other = right.unit(i);
      assertThat(other.decodeTicks()).isEqualTo(one.decodeTicks());
      assertThat(other.presentationTicks()).isEqualTo(one.presentationTicks() + shift);
      assertThat(other.sync()).isEqualTo(one.sync());
      assertThat(other.packets().sizeBytes()).isEqualTo(one.packets().sizeBytes());
    }
  }

  /**
   * Sound begins with the pictures, keeps its distance to them in each loop, and is cut to them.
   */
  @Test
  void read_soundBesidePictures_isOnTheLineOfThePictures() throws Exception {
    make(CLIP_WITH_SOUND + "-c:v libx264 -bf 2 -c:a aac -ar 48000 h264-aac.mp4");
    make(
        CLIP_WITH_SOUND
            + "-c:v libx265 -tag:v hvc1 -x265-params log-level=error -c:a aac h265-aac.mp4");
    make(CLIP_WITH_SOUND + "-c:v libx264 -c:a pcm_mulaw -ar 8000 -ac 1 h264-ulaw.mov");
    try (MediaFolder media = MediaFolder.read(folder)) {
      assertSound(source(media, "/media/h264-aac.mp4"), 48_000, 1024);
      assertSound(source(media, "/media/h265-aac.mp4"), 44_100, 1024);
      assertSound(source(media, "/media/h264-ulaw.mov"), 8000, 160);
    }
  }

  @Test
  void read_soundAlone_isServed() throws Exception {
    make("ffmpeg -v error -f lavfi -i sine=r=48000 -t 1 -c:a aac sound.mp4");
    try (MediaFolder media = MediaFolder.read(folder)) {
      MediaTrack sound = track(media, "/media/sound.mp4");

      assertThat(sound.clockRate()).isEqualTo(48_000);
      assertThat(sound.framesPerSecond()).isEmpty();
      assertThat(sound.sync(1)).isTrue();
    }
  }

  private static void assertSound(MediaSource source, int clockRate, int unitTicks) {
    MediaTrack picture = source.tracks().get(0);
    MediaTrack sound = source.tracks().get(1);
    assertThat(sound.clockRate()).isEqualTo(clockRate);
    long first = sound.decodeTicks(0);
    long shown = picture.unit(0).presentationTicks() * clockRate / picture.clockRate();
    assertThat(first).isBetween(Math.max(0, shown - unitTicks - 1), shown + unitTicks);
    assertThat(sound.decodeTicks(1)).isEqualTo(first + unitTicks);
    for (int loops = 1; loops < 4; loops++) {
      long begin = picture.decodeTicks(50L * loops);
      assertThat(begin).isEqualTo(loops * 2L * picture.clockRate());
      long beginOfSound = loops * 2L * clockRate;
      long next = sound.indexFrom(beginOfSound);
      assertThat(sound.decodeTicks(next)).isEqualTo(beginOfSound + first);
      assertThat(sound.decodeTicks(next - 1)).isBetween(beginOfSound - unitTicks, beginOfSound - 1);
    }
  }

  private static MediaTrack track(MediaFolder media, String path) {
    return source(media, path).tracks().get(0);
  }

  private static MediaSource source(MediaFolder media, String path) {
    assertThat(media.sources()).as("%s", media.rejected()).containsKey(path);
    return java.util.Objects.requireNonNull(media.sources().get(path));
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private void make(String command) throws Exception {
    Judges.require("ffmpeg");
    Judges.acceptIn(folder, command.split(" ", -1));
  }
}
