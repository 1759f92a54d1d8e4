package io.lva.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a server prints while it runs. It is read continuously, so that the server never blocks. */
final class ProcessLog {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BufferedReader reader;
  private final List<String> lines = new ArrayList<>();

  private ProcessLog(Process process) {
    reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Waits until a server is ready.
   *
   * @param process the server
   * @param ready a part of the line that says it is ready
   * @return what it prints from then on
   * @throws IOException when it ends before it is ready
   */
  static ProcessLog awaitReady(Process process, String ready) throws IOException {
    ProcessLog log = new ProcessLog(process);
    StringBuilder printed = new StringBuilder();
    for (String line = log.reader.readLine(); line != null; line = log.reader.readLine()) {
      printed.append(line).append('\n');
      if (line.contains(ready)) {
        Thread follower = new Thread(log::follow, "server-log");
        follower.setDaemon(true);
        follower.start();
        return log;
      }
    }
    throw new IOException("the server did not start: " + printed);
  }

  private void follow() {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        note(line);
      }
    } catch (IOException e) {
      note("the log ends: " + e.getMessage()); // the server was stopped
    }
  }

  private synchronized void note(String line) {
    lines.add(line);
    notifyAll();
  }

  /**
   * Waits for lines, and returns all lines so far.
   *
   * @param awaited accepts the lines to wait for
   * @param count how many such lines to wait for
   */
  synchronized List<String> linesUntil(Predicate<String> awaited, int count)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (lines.stream().filter(awaited).count() < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("the awaited lines are not in " + lines);
      }
      wait(left);
    }
    return List.copyOf(lines);
  }
}
