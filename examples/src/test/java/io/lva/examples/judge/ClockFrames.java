package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtspsim.ClockBarcode;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The capture times that the pictures of the simulator's pattern show, decoded by ffmpeg. */
public record ClockFrames(List<Instant> times) {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  /** Decodes every picture of a file as it is shown, edit lists included. */
  public static ClockFrames of(Path workFolder, Path file) {
    try {
      Path luma = Files.createTempFile(workFolder, "frames", ".gray");
      Judges.accept(
          "ffmpeg",
          "-v",
          "error",
          "-xerror",
          "-err_detect",
          "explode",
          "-y",
          "-i",
          file.toString(),
          "-fps_mode",
          "passthrough",
          "-vf",
          "scale=" + WIDTH + ":" + HEIGHT + ":flags=area",
          "-pix_fmt",
          "gray",
          "-f",
          "rawvideo",
          luma.toString());
      byte[] pictures = Files.readAllBytes(luma);
      Files.delete(luma);
      return new ClockFrames(read(pictures));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Instant> read(byte[] pictures) {
    List<Instant> times = new ArrayList<>();
    int size = WIDTH * HEIGHT;
    for (int picture = 0; picture + size <= pictures.length; picture += size) {
      int begin = picture;
      OptionalLong millis =
          ClockBarcode.read((x, y) -> pictures[begin + y * WIDTH + x] & 0xff, WIDTH, HEIGHT);
      assertThat(millis).as("bar code of picture " + times.size()).isPresent();
      times.add(Instant.ofEpochMilli(millis.orElseThrow()));
    }
    return times;
  }

  public Instant first() {
    return times.get(0);
  }

  public Instant last() {
    return times.get(times.size() - 1);
  }
}
