package io.lva.bench.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers requests line by line.
 *
 * <p>Not thread-safe.
 */
final class ChildProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();

  private ChildProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::follow, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a program whose standard error stream is that of this process. */
  static ChildProcess start(List<String> command) throws IOException {
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Starts a main class with the class path of this process. */
  static ChildProcess java(List<String> jvmOptions, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), main.getName()));
    command.addAll(arguments);
    return start(command);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the next line that the process prints, waiting up to a minute. */
  String readLine() throws IOException {
    try {
      Optional<String> line = output.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new IOException("the process does not answer: " + name());
      }
      return line.orElseThrow(() -> new IOException("the process has ended: " + name()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String name() {
    return process.info().command().orElse("") + " " + process.pid();
  }

  private void follow() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(Optional.of(line));
      }
    } catch (IOException e) {
      output.add(Optional.of("its output is broken: " + e.getMessage()));
    }
    output.add(Optional.empty());
  }

  /** Sends a line. */
  void send(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** Sends a line and returns the answer. */
  String ask(String line) throws IOException {
    send(line);
    return readLine();
  }

  /** Sends the signal for an orderly end, and waits for the process. */
  void interrupt() throws IOException {
    if (process.isAlive()) {
      start(List.of("kill", "-INT", Long.toString(process.pid()))).await();
      await();
    }
  }

  /** Closes the standard input of the process, and waits until it ends. */
  void end() throws IOException {
    process.getOutputStream().close();
    await();
  }

  /** Returns whether the process ends within a time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until the process has ended. */
  void await() throws IOException {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the process does not end: " + process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
