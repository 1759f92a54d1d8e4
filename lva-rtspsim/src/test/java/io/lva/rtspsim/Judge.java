package io.lva.rtspsim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Runs an outside program: without it a test is skipped, or fails with -Dlva.judges=required. */
final class Judge {
  private static final long PATIENCE_SECONDS = 60;

  /** What a program said, both streams together, and its exit code. */
  record Verdict(int exitCode, String output) {}

  private Judge() {}

  static Verdict run(Path folder, String... command) throws IOException, InterruptedException {
    requireInstalled(command[0]);
    Path log = java.nio.file.Files.createTempFile("judge", ".log");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return Assertions.fail(command[0] + " did not end in time");
    }
    String output = java.nio.file.Files.readString(log);
    java.nio.file.Files.delete(log);
    return new Verdict(process.exitValue(), output);
  }

  static void requireInstalled(String program) {
    boolean installed =
        java.util.Arrays.stream(
                System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1))
            .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    if ("required".equals(System.getProperty("lva.judges"))) {
      Assertions.assertTrue(installed, program + " is required and not installed");
    }
    Assumptions.assumeTrue(installed, program + " is not installed");
  }
}
