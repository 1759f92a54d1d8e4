package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternEncoderTest {
  private static final long FIRST =
      Instant.parse("2026-11-22T23:59:58Z").toEpochMilli() / PatternEncoder.FRAME_MILLIS;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void slice_everyScale_decodesWithoutErrorToTheTimeOfEachPicture(int scale) throws Exception {
    int frames = scale == 1 ? 120 : 60;
    Path stream = write(new PatternEncoder(scale), frames);
    Path raw = folder.resolve("luma.raw");

    ffmpeg("-xerror -err_detect explode -i pattern.h264 -pix_fmt gray -f rawvideo luma.raw");

    assertThat(Files.size(stream)).isPositive();
    assertTimes(Files.readAllBytes(raw), FIRST, 640 * scale, 360 * scale, frames);
  }

  /** The numbers of pictures begin anew after 256. */
  @Test
  void slice_groupOfTwelveSeconds_decodesWithoutErrorToTheTimeOfEachPicture() throws Exception {
    PatternEncoder encoder = new PatternEncoder(1, 300);
    long first = FIRST - FIRST % 300;
    Files.write(folder.resolve("pattern.h264"), PatternFile.of(encoder, first, 320));
    assertThat(encoder.isSync(first)).isTrue();
    assertThat(encoder.isSync(first + PatternEncoder.GROUP_FRAMES)).isFalse();

    ffmpeg("-xerror -err_detect explode -i pattern.h264 -pix_fmt gray -f rawvideo luma.raw");

    assertTimes(Files.readAllBytes(folder.resolve("luma.raw")), first, 640, 360, 320);
  }

  @Test
  void read_pictureScaledDown_stillReadsTheTime() throws Exception {
    write(new PatternEncoder(1), 20);

    ffmpeg("-i pattern.h264 -vf scale=214:120 -pix_fmt gray -f rawvideo small.raw");

    assertTimes(Files.readAllBytes(folder.resolve("small.raw")), FIRST, 214, 120, 20);
  }

  @Test
  void slice_samePicture_isTheSameWheneverItIsMade() {
    PatternEncoder one = new PatternEncoder(1);
    PatternEncoder other = new PatternEncoder(1);
    one.slice(FIRST);
    one.slice(FIRST + 1);

    assertThat(one.slice(FIRST + 7)).isEqualTo(other.slice(FIRST + 7));
  }

  @Test
  void slice_twoGroups_staysWithinTheRateOfAModestCamera() {
    PatternEncoder encoder = new PatternEncoder(1);
    long bytes = 0;
    for (int i = 0; i < 2 * PatternEncoder.GROUP_FRAMES; i++) {
      bytes += encoder.slice(FIRST + i).length;
    }

    assertThat(bytes * 8 / 4).isBetween(300_000L, 1_500_000L);
  }

  @Test
  void parameters_smallestScale_tellSizeRateAndProfile() {
    var parameters = new PatternEncoder(1).parameters();

    assertThat(parameters.codec()).isEqualTo("avc1.42C01E");
    assertThat(parameters.width()).isEqualTo(640);
    assertThat(parameters.height()).isEqualTo(360);
    assertThat(parameters.sps().timeScale()).isEqualTo(50 * parameters.sps().unitsInTick());
    assertThat(parameters.sps().maxReorderFrames()).isZero();
  }

  @Test
  void create_unknownScale_isRefused() {
    assertThatThrownBy(() -> new PatternEncoder(4)).isInstanceOf(IllegalArgumentException.class);
  }

  private Path write(PatternEncoder encoder, int frames) throws IOException {
    return Files.write(folder.resolve("pattern.h264"), PatternFile.of(encoder, FIRST, frames));
  }

  private static void assertTimes(byte[] raw, long first, int width, int height, int frames) {
    assertThat(raw.length).isEqualTo(frames * width * height);
    for (int i = 0; i < frames; i++) {
      int offset = i * width * height;
      ClockBarcode.Luma luma = (x, y) -> raw[offset + y * width + x] & 0xff;
      assertThat(ClockBarcode.read(luma, width, height))
          .hasValue((first + i) * PatternEncoder.FRAME_MILLIS);
    }
  }

  private void ffmpeg(String arguments) {
    Judges.require("ffmpeg");
    Judges.acceptIn(folder, ("ffmpeg -v error " + arguments).split(" ", -1));
  }
}
