package io.lva.asset;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Runs a judge and returns its lines; fails when it complains. */
  static List<String> run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      fail(String.join(" ", command) + ": " + output);
    }
    return output.lines().filter(line -> !line.isBlank()).toList();
  }
}
