package io.lva.testkit;

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
 * Third-party programs that judge what this project writes.
 *
 * <p>On a user's machine, a test whose judge is not installed is skipped with a message; with
 * {@code -Dlva.judges=required}, it fails.
 */
public final class Judges {
  private static final long PATIENCE_SECONDS = 180;

  private Judges() {}

  /**
   * What a program printed and how it ended.
   *
   * @param exitCode 0 when it found nothing wrong
   * @param output all of its standard output
   * @param errors all of its error stream
   */
  public record Verdict(int exitCode, String output, String errors) {
    /**
     * Returns what the program printed.
     *
     * @return the lines of the standard output that are not blank
     */
    public List<String> lines() {
      return output.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /**
   * Skips or fails the test unless all these programs are installed.
   *
   * @param programs their names, as on the search path
   */
  public static void require(String... programs) {
    for (String program : programs) {
      require(isInstalled(program), program + " is not installed");
    }
  }

  /**
   * Skips or fails the test unless Node.js is installed, and these packages are installed below
   * {@code judges/}.
   *
   * @param packages their names
   * @return the folder that holds the packages
   */
  public static Path requireNodePackages(String... packages) {
    Path folder = projectRoot().resolve("judges/node_modules");
    for (String name : packages) {
      require(
          isInstalled("node") && Files.isDirectory(folder.resolve(name)),
          "npm package " + name + " is not installed: npm ci --prefix judges");
    }
    return folder;
  }

  /**
   * Skips or fails the test unless the build has fetched a program as a jar.
   *
   * @param name of the jar without its suffix, such as {@code s3mock-exec}
   * @return the jar
   */
  public static Path requireJar(String name) {
    Path jar = projectRoot().resolve("lva-testkit/target/judges").resolve(name + ".jar");
    require(
        Files.exists(jar),
        jar.getFileName() + " is not there: mvn generate-test-resources -pl lva-testkit -am");
    return jar;
  }

  /**
   * Skips or fails the test unless the machine has something else that a judge needs.
   *
   * @param present whether the machine has it
   * @param message what is missing, and how to get it
   */
  public static void require(boolean present, String message) {
    if ("required".equals(System.getProperty("lva.judges"))) {
      assertThat(present).as(message).isTrue();
    } else {
      Assumptions.assumeTrue(present, message);
    }
  }

  /**
   * Returns whether a program is installed, for a test that can prove something without it.
   *
   * @param program its name, as on the search path
   * @return whether it is installed
   */
  public static boolean isInstalled(String program) {
    return search(program).isPresent();
  }

  /**
   * Returns where an installed program lies; fails the test when it is not installed.
   *
   * @param program its name, as on the search path
   * @return the path of the program
   */
  public static Path find(String program) {
    return search(program).orElseThrow(() -> new AssertionError(program + " is not installed"));
  }

  /**
   * Returns the folder that holds the parent pom.
   *
   * @return the folder, absolute
   */
  public static Path projectRoot() {
    return Projects.root();
  }

  /**
   * Runs a program to its end. The test fails if the program does not end within three minutes.
   *
   * @param command program and arguments
   * @return what it printed and how it ended
   * @throws UncheckedIOException when it cannot be started
   */
  public static Verdict run(String... command) {
    return runIn(Path.of(""), command);
  }

  /**
   * Runs a program to its end. The test fails if the program does not end within three minutes.
   *
   * @param folder the working directory
   * @param command program and arguments
   * @return what it printed and how it ended
   * @throws UncheckedIOException when it cannot be started
   */
  public static Verdict runIn(Path folder, String... command) {
    try {
      Path output = Files.createTempFile("judge", ".out");
      Path errors = Files.createTempFile("judge", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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

  /**
   * Runs a program that must succeed and write nothing to its error stream.
   *
   * @param command program and arguments
   * @return what it printed
   * @throws UncheckedIOException when it cannot be started
   */
  public static Verdict accept(String... command) {
    return acceptIn(Path.of(""), command);
  }

  /**
   * Runs a program that must succeed and write nothing to its error stream.
   *
   * @param folder the working directory
   * @param command program and arguments
   * @return what it printed
   * @throws UncheckedIOException when it cannot be started
   */
  public static Verdict acceptIn(Path folder, String... command) {
    Verdict verdict = runIn(folder, command);
    assertThat(verdict.errors()).as(Arrays.toString(command)).isBlank();
    assertThat(verdict.exitCode()).as(Arrays.toString(command)).isZero();
    return verdict;
  }

  /**
   * Decodes a whole file or URL with ffmpeg; any error fails the test.
   *
   * @param input what to decode
   */
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

  private static Optional<Path> search(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
