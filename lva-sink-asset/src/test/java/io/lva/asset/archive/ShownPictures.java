package io.lva.asset.archive;

import io.lva.testkit.Judges;
import java.nio.file.Path;
import java.util.List;

/** What ffmpeg shows of a file. */
public final class ShownPictures {
  private ShownPictures() {}

  /** Decodes a file with ffmpeg and returns the hash of each picture as it is shown. */
  public static List<String> of(Path file) {
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
            "-f",
            "framemd5",
            "-")
        .lines()
        .stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }
}
