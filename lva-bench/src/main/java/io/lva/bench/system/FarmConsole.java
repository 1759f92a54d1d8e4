package io.lva.bench.system;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads the standard input of a farm, so that the farm itself never blocks on it.
 *
 * <p>Thread-safe.
 */
final class FarmConsole {
  private final InputStream input;
  private final Runnable wake;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean ended;

  private FarmConsole(InputStream input, Runnable wake) {
    this.input = input;
    this.wake = wake;
  }

  /** Starts reading; calls {@code wake} on another thread for each line and at the end. */
  static FarmConsole follow(InputStream input, Runnable wake) {
    FarmConsole console = new FarmConsole(input, wake);
    Thread thread = new Thread(console::run, "console");
    thread.setDaemon(true);
    thread.start();
    return console;
  }

  /** Returns whether a line has been read since the last call. */
  boolean isAsked() {
    return asked.getAndSet(false);
  }

  boolean hasEnded() {
    return ended;
  }

  private void run() {
    try {
      for (int next = input.read(); next >= 0; next = input.read()) {
        if (next == '\n') {
          asked.set(true);
          wake.run();
        }
      }
    } catch (IOException e) {
      System.err.println("the standard input is broken: " + e.getMessage());
    }
    ended = true;
    wake.run();
  }
}
