package io.lva.examples.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that shows how far a command has got; silent where there is no terminal.
 * It is painted only when it changes, and not more often than a person can read it.
 *
 * <p>Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
  /** How many characters fit: a terminal of 80 columns may wrap the cursor after the last one. */
  static final int WIDTH = 78;

  private static final long BETWEEN_PAINTS_NANOS = Duration.ofMillis(500).toNanos();

  private static final String ERASE = "\r\u001b[K";

  private final boolean terminal;
  private final PrintStream out;
  private final LongSupplier nanoTime;
  private String shown = "";
  private long paintedNanos;

  /**
   * Creates a line that shows nothing yet.
   *
   * @param terminal whether anything is to be painted
   * @param out the terminal
   * @param nanoTime clock that tells how long ago the line was painted
   */
  ProgressLine(boolean terminal, PrintStream out, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.out = out;
    this.nanoTime = nanoTime;
    this.paintedNanos = nanoTime.getAsLong() - BETWEEN_PAINTS_NANOS;
  }

  static ProgressLine onTerminal() {
    return new ProgressLine(Terminal.isPresent(), System.err, System::nanoTime);
  }

  /** Replaces the line, unless it was replaced a moment ago; an empty text always clears it. */
  synchronized void show(String text) {
    String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
    boolean early = nanoTime.getAsLong() - paintedNanos < BETWEEN_PAINTS_NANOS;
    if (!terminal || cut.equals(shown) || (early && !cut.isEmpty())) {
      return;
    }
    out.print(ERASE + cut);
    out.flush();
    shown = cut;
    paintedNanos = cut.isEmpty() ? paintedNanos : nanoTime.getAsLong();
  }

  /** Replaces the line with the percentage done; the amounts are in bytes. */
  void show(long done, long total) {
    show(total == 0 ? "" : done * 100 / total + " % of " + total / 1_000_000 + " MB");
  }

  /** Clears the line. */
  @Override
  public void close() {
    show("");
  }
}
