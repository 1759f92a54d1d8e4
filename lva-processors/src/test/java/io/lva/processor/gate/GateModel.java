package io.lva.processor.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rules of the gate, computed from the whole list of events at once: slow and without state, as
 * the judge of the machine.
 */
final class GateModel {
  /** An event; both times in ticks. */
  record Event(long media, long arrival) {}

  /** A recording; both times in ticks of media. */
  record Recording(long start, long end) {}

  private final GateTimes times;
  private final long frame;
  private final long latency;

  /**
   * Makes a model of media that comes every {@code frame} ticks, {@code latency} ticks after its
   * time.
   */
  GateModel(GateTimes times, long frame, long latency) {
    this.times = times;
    this.frame = frame;
    this.latency = latency;
  }

  /** Returns the recordings for events in the order of their arrival. */
  List<Recording> recordings(List<Event> events) {
    List<Recording> all = new ArrayList<>();
    List<Event> left = new ArrayList<>(events);
    long free = Long.MIN_VALUE;
    while (!left.isEmpty()) {
      long trigger = left.get(0).arrival();
      long decided = Math.max(trigger + times.window(), free);
      long first =
          left.stream()
              .filter(event -> event.arrival() <= trigger + times.window())
              .mapToLong(Event::media)
              .min()
              .orElseThrow();
      long end = end(first, left, decided);
      long changed = decided;
      for (Event event : left) {
        if (event.arrival() > decided && event.arrival() <= over(first, end, changed)) {
          long next = end(first, left, event.arrival());
          changed = next == end ? changed : event.arrival();
          end = next;
        }
      }
      free = over(first, end, changed);
      all.add(new Recording(first + times.offset(), end));
      left = remaining(left, first, end, free);
    }
    return all;
  }

  /** Returns the end of an opening after everything that arrived until a time. */
  private long end(long first, List<Event> events, long until) {
    long last = first;
    for (Event event :
        events.stream()
            .filter(event -> event.arrival() <= until && event.media() >= first)
            .sorted(Comparator.comparingLong(Event::media))
            .toList()) {
      if (event.media() <= Math.min(last + times.minimum(), first + times.maximum())) {
        last = event.media();
      }
    }
    return Math.min(last + times.minimum(), first + times.maximum());
  }

  /** Returns when an opening is over: the media has reached its end, and nothing can prolong it. */
  private long over(long first, long end, long changed) {
    long reached = Math.max(changed, -Math.floorDiv(-end, frame) * frame + latency);
    return end == first + times.maximum() ? reached : reached + times.window();
  }

  private List<Event> remaining(List<Event> events, long first, long end, long over) {
    boolean maximum = end == first + times.maximum();
    List<Event> left = new ArrayList<>();
    for (Event event : events) {
      boolean within = event.media() >= first && event.media() <= end;
      boolean arrived = event.arrival() <= over;
      if (arrived ? event.media() > end : !(maximum && within)) {
        left.add(event);
      }
    }
    return left;
  }
}
