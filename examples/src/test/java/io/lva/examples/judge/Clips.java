package io.lva.examples.judge;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Clips made by ffmpeg: moving bars with noise, two seconds a group of pictures. */
public final class Clips {
  private Clips() {}

  /** An MP4 clip of 640x360 at 25 frames per second. */
  public static Path mp4(Path folder, int seconds, int bFrames) {
    Judges.require("ffmpeg");
    Path clip = folder.resolve("clip-" + seconds + "s-" + bFrames + "b.mp4");
    if (Files.notExists(clip)) {
      Judges.accept(
          "ffmpeg",
          "-v",
          "error",
          "-f",
          "lavfi",
          "-i",
          "testsrc2=size=640x360:rate=25,noise=alls=8",
          "-t",
          Integer.toString(seconds),
          "-c:v",
          "libx264",
          "-preset",
          bFrames == 0 ? "ultrafast" : "veryfast",
          "-g",
          "50",
          "-bf",
          Integer.toString(bFrames),
          "-pix_fmt",
          "yuv420p",
          "-b:v",
          "1M",
          clip.toString());
    }
    return clip;
  }

  /** The coded slices (NAL unit types 1 and 5) of a file's video, as ffmpeg reads it. */
  public static NalUnits slices(Path folder, Path file) {
    try {
      Path stream = Files.createTempFile(folder, "stream", ".264");
      Judges.accept(
          "ffmpeg",
          "-v",
          "error",
          "-y",
          "-i",
          file.toString(),
          "-map",
          "0:v:0",
          "-c",
          "copy",
          "-bsf:v",
          "h264_mp4toannexb",
          "-f",
          "h264",
          stream.toString());
      NalUnits units = NalUnits.ofAnnexB(Files.readAllBytes(stream)).slices();
      Files.delete(stream);
      return units;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
