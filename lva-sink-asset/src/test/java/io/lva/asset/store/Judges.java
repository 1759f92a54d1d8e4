package io.lva.asset.store;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that judge what was written.
 *
 * <p>A missing judge skips the test with a message, or fails it where {@code -Dlva.judges=required}
 * or the environment variable {@code LVA_JUDGES=required} is set.
 */
final class Judges {
  private Judges() {}

  /** Makes sure that a program is installed. */
  static void require(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return;
      }
    }
    String message = "the judge '" + program + "' is not installed";
    String environment = System.getenv().getOrDefault("LVA_JUDGES", "");
    if (System.getProperty("lva.judges", environment).equals("required")) {
      fail(message);
    }
    Assumptions.abort(message);
  }

  /** Decodes a file with ffmpeg and returns the hash of each picture as it is shown. */
  static List<String> pictures(Path file) throws IOException, InterruptedException {
    require("ffmpeg");
    Process ffmpeg =
        new ProcessBuilder(
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
            .redirectErrorStream(true)
            .start();
    String output = new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (ffmpeg.waitFor() != 0) {
      return fail(output);
    }
    List<String> hashes = new ArrayList<>();
    for (String line : output.lines().toList()) {
      if (!line.startsWith("#")) {
        hashes.add(line.substring(line.lastIndexOf(',') + 1).strip());
      }
    }
    return hashes;
  }
}
