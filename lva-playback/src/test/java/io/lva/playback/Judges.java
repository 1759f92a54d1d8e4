package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that are not ours. Where one is not installed the test skips with a message; with {@code
 * -Dlva.judges=required} it fails.
 */
final class Judges {
  private static final long PATIENCE_SECONDS = 60;

  private Judges() {}

  /** Runs a script of {@code judges/} and returns the lines it printed, whatever it thinks. */
  static List<String> node(String script, List<String> packages, Path argument)
      throws IOException, InterruptedException {
    Path folder = Path.of("..", "judges").toAbsolutePath().normalize();
    for (String name : packages) {
      need(
          isInstalled("node") && Files.isDirectory(folder.resolve("node_modules").resolve(name)),
          "npm package " + name + " is not installed: npm ci --prefix judges");
    }
    Path output = Files.createTempFile("judge", ".out");
    try {
      Process process =
          new ProcessBuilder("node", folder.resolve(script).toString(), argument.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(script + " does not end");
      }
      return Files.readAllLines(output);
    } finally {
      Files.delete(output);
    }
  }

  private static void need(boolean present, String message) {
    if ("required".equals(System.getProperty("lva.judges"))) {
      assertThat(present).as(message).isTrue();
    } else {
      Assumptions.assumeTrue(present, message);
    }
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
