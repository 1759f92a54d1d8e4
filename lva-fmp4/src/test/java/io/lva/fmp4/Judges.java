package io.lva.fmp4;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
