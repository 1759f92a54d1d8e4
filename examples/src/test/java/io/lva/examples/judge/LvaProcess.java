package io.lva.examples.judge;

import io.lva.testkit.Judges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as its user starts it: a process of its own, from the packaged jar. */
public final class LvaProcess implements AutoCloseable {
  /** Resets the signal that a shell in the background ignores (GNU coreutils 8.31). */
  private static final String[] WITH_INTERRUPT = {"env", "--default-signal=INT"};

  private final Process process;
  private final Path output;
  private final Path errors;

  private LvaProcess(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  public static LvaProcess start(Path workFolder, String... arguments) {
    return start(workFolder, List.of(), arguments);
  }

  /** Starts with options for the virtual machine. */
  public static LvaProcess start(Path workFolder, List<String> jvm, String... arguments) {
    return start(workFolder, List.of(), jvm, Map.of(), arguments);
  }

  /** Starts with variables of the environment. */
  public static LvaProcess start(
      Path workFolder, Map<String, String> environment, String... arguments) {
    return start(workFolder, List.of(), List.of(), environment, arguments);
  }

  /** Starts in the foreground of a terminal, where SIGINT counts: Ctrl-C. */
  public static LvaProcess startWithInterrupt(Path workFolder, String... arguments) {
    return start(workFolder, List.of(WITH_INTERRUPT), List.of(), Map.of(), arguments);
  }

  /** Returns whether a process can be started with a SIGINT that counts. */
  public static boolean canStartWithInterrupt() {
    return Judges.isInstalled("env")
        && Judges.run(WITH_INTERRUPT[0], WITH_INTERRUPT[1], "true").exitCode() == 0;
  }

  private static LvaProcess start(
      Path workFolder,
      List<String> launcher,
      List<String> jvm,
      Map<String, String> environment,
      String... arguments) {
    try {
      Path output = Files.createTempFile(workFolder, "lva", ".out");
      Path errors = Files.createTempFile(workFolder, "lva", ".err");
      List<String> command = new ArrayList<>(launcher);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-Xshare:auto");
      command.addAll(jvm);
      command.add("-jar");
      command.add(System.getProperty("lva.jar"));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workFolder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().putAll(environment);
      return new LvaProcess(builder.start(), output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs to the end and returns what it printed. */
  public static Judges.Verdict run(Path workFolder, String... arguments) {
    try (LvaProcess lva = start(workFolder, arguments)) {
      return lva.await(Duration.ofSeconds(150));
    }
  }

  /** Waits for the end of the process. */
  public Judges.Verdict await(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("does not end; it printed: " + output() + errors());
      }
      return new Judges.Verdict(process.exitValue(), output(), errors());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until the standard output contains a text. */
  public void awaitOutput(String text, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (!output().contains(text)) {
      try {
        if (process.waitFor(50, TimeUnit.MILLISECONDS) && !output().contains(text)) {
          throw new AssertionError("ended without '" + text + "': " + output() + errors());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("did not print '" + text + "': " + output() + errors());
      }
    }
  }

  public String output() {
    return read(output);
  }

  public String errors() {
    return read(errors);
  }

  /**
   * Asks it to stop, as a service manager does. Not by SIGINT: a shell in the background ignores
   * that and hands it down to the tests and to this process.
   */
  public void interrupt() {
    process.destroy();
  }

  /** Asks one that was started with an interrupt to stop, as Ctrl-C does. */
  public void pressControlC() {
    Judges.accept("kill", "-INT", Long.toString(process.pid()));
  }

  /** Takes it away without a warning. */
  public void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(90));
  }

  /** Waits a while; true when it ended by itself. */
  public boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
