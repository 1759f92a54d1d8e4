package io.lva.asset.archive;

import io.lva.testkit.Judges;
import java.nio.file.Path;
import java.util.List;

/** What ffmpeg shows of a file. */
public final class ShownPictures {
  private ShownPictures() {}

  /** One picture: its hash, and when it is shown, in milliseconds. */
  public record Picture(String hash, long millis) {}

  /** Decodes a file with ffmpeg and returns the hash of each picture as it is shown. */
  public static List<String> of(Path file) {
    return withTimes(file).stream().map(Picture::hash).toList();
  }

  /** Decodes a file with ffmpeg and returns each picture as it is shown. */
  public static List<Picture> withTimes(Path file) {
    Judges.require("ffmpeg");
    return Judges.accept(
            "ffmpeg",
            "-v",
            "error",
            "-xerror",
            "-i",
            file.toString(),
            "-map",
            "0:v",
            "-fps_mode",
            "passthrough",
            "-enc_time_base",
            "1:1000",
            "-f",
            "framemd5",
            "-")
        .lines()
        .stream()
        .filter(line -> !line.startsWith("#"))
        .map(ShownPictures::picture)
        .toList();
  }

  /** A line has stream, decode time, presentation time, duration, size and hash. */
  private static Picture picture(String line) {
    String[] fields = line.split(",", -1);
    return new Picture(fields[5].strip(), Long.parseLong(fields[2].strip()));
  }
}
