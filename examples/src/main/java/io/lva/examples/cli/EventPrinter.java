package io.lva.examples.cli;

import io.lva.event.EventJson;
import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Prints events: as lines of JSON for programs, as lines of text for a person at a terminal.
 *
 * <p>From {@link #holding} to {@link #release} it holds faults back, and prints those of a camera
 * only once that camera connects. If no camera can start, the command's own message reports the
 * faults, so they are not printed twice.
 *
 * <p>Thread-safe.
 */
final class EventPrinter implements EventListener {
  private final PrintWriter out;
  private final ProgressLine line;
  private final Function<EventRecord, String> format;
  private final List<EventRecord> held = new ArrayList<>();
  private boolean holding;

  private EventPrinter(PrintWriter out, ProgressLine line, Function<EventRecord, String> format) {
    this.out = out;
    this.line = line;
    this.format = format;
  }

  /**
   * Creates a printer.
   *
   * @param out receives the lines
   * @param line the progress line of the terminal, cleared before an event is printed
   * @param json whether to print JSON even to a terminal
   */
  static EventPrinter to(PrintWriter out, ProgressLine line, boolean json) {
    boolean text = !json && Terminal.isPresent();
    return new EventPrinter(
        out,
        line,
        text
            ? event -> EventText.line(event, ZoneId.systemDefault())
            : EventJson.standard()::envelope);
  }

  /** Holds faults back from now on, until {@link #release}. */
  synchronized EventPrinter holding() {
    holding = true;
    return this;
  }

  /** Prints what was held back, and every event from now on. */
  synchronized void release() {
    holding = false;
    held.forEach(this::print);
    held.clear();
  }

  @Override
  public synchronized void event(EventRecord event) {
    if (holding && EventText.fault(event.event()).isPresent()) {
      held.add(event);
      return;
    }
    if (event.event() instanceof GraphEvent.MediaSessionEstablished) {
      List<EventRecord> before =
          held.stream().filter(each -> each.instance().equals(event.instance())).toList();
      before.forEach(this::print);
      held.removeAll(before);
    }
    print(event);
  }

  private void print(EventRecord event) {
    line.show("");
    out.println(format.apply(event));
    out.flush();
  }
}
