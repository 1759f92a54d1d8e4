package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that are not ours and judge what we write.
 *
 * <p>On a user's machine a test whose judge is not installed skips with a message; with {@code
 * -Dlva.judges=required} it fails.
 */
public final class Judges {
  private Judges() {}

  /** What a program printed and how it ended. */
  public record Verdict(int exitCode, String output, String errors) {
    public List<String> lines() {
      return output.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /** Goes on only when all these programs are installed. */
  public static void require(String... programs) {
    for (String program : programs) {
      need(isInstalled(program), program + " is not installed");
    }
  }

  /** Goes on only when these packages were installed below {@code judges/}; returns the folder. */
  public static Path requireNodePackages(String... packages) {
    Path folder = projectRoot().resolve("judges/node_modules");
    for (String name : packages) {
      need(
          isInstalled("node") && Files.isDirectory(folder.resolve(name)),
          "npm package " + name + " is not installed: npm ci --prefix judges");
    }
    return folder;
  }

  /** The folder that holds the parent pom. */
  public static Path projectRoot() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("bom")) ? here : here.resolve("..").normalize();
  }

  /** Data that lies beside a checkout; the test skips where it is absent. */
  public static Path requireShared(String relative) {
    String property = System.getProperty("lva.shared");
    Path shared = property == null ? projectRoot().resolve("../shared") : Path.of(property);
    Path found = shared.resolve(relative).normalize();
    Assumptions.assumeTrue(Files.exists(found), () -> found + " is not there");
    return found;
  }

  /** Runs a program to its end. */
  public static Verdict run(String... command) {
    try {
      Path output = Files.createTempFile("judge", ".out");
      Path errors = Files.createTempFile("judge", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("does not end: " + Arrays.toString(command));
        }
        return new Verdict(process.exitValue(), Files.readString(output), Files.readString(errors));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Runs a program that must succeed without a word on its error stream. */
  public static Verdict accept(String... command) {
    Verdict verdict = run(command);
    assertThat(verdict.errors()).as(Arrays.toString(command)).isBlank();
    assertThat(verdict.exitCode()).as(Arrays.toString(command)).isZero();
    return verdict;
  }

  /** Decodes a whole file or URL; any error ends it. */
  public static void decodes(String input) {
    accept(
        "ffmpeg",
        "-v",
        "error",
        "-xerror",
        "-err_detect",
        "explode",
        "-i",
        input,
        "-f",
        "null",
        "-");
  }

  /** The same, where ffmpeg is installed; otherwise the rest of the test speaks. */
  public static void decodesIfInstalled(String input) {
    if (isInstalled("ffmpeg")) {
      decodes(input);
    }
  }

  private static void need(boolean present, String message) {
    if ("required".equals(System.getProperty("lva.judges"))) {
      assertThat(present).as(message).isTrue();
    } else {
      Assumptions.assumeTrue(present, message);
    }
  }

  /** Returns where an installed program lies. */
  static Path find(String program) {
    return search(program).orElseThrow(() -> new AssertionError(program + " is not installed"));
  }

  private static boolean isInstalled(String program) {
    return search(program).isPresent();
  }

  private static Optional<Path> search(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
