package io.lva.examples.cli;

/**
 * One line on a terminal that shows how far a command has got; silent where there is no terminal.
 */
final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 78;

  private final boolean terminal;

  private ProgressLine(boolean terminal) {
    this.terminal = terminal;
  }

  static ProgressLine onTerminal() {
    return new ProgressLine(Terminal.isPresent());
  }

  /** Replaces the line. */
  synchronized void show(String text) {
    if (terminal) {
      String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
      System.err.print("\r\u001b[K" + cut);
      System.err.flush();
    }
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
