package io.lva.processor.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a signal gate opens and closes: a pure state machine without a clock or media.
 *
 * <p>Events are gathered for the evaluation window after the first one arrived. Then the earliest
 * in media time, E1, opens the gate for [E1 + offset, E1 + minimum]. An event at E2 while the gate
 * is open in media time prolongs it to E2 + minimum, at most to E1 + maximum; an event after that
 * end is gathered for the next opening. An event before E1 that arrives after the window is late
 * and ignored.
 *
 * <p>Results of analysis arrive after their media. So an opening whose end the media has reached is
 * held for another window, unless it has reached its maximum; an event within it that arrives in
 * the meantime still prolongs it. An event within an opening that ended at its maximum belongs to
 * that opening and opens nothing.
 *
 * <p>Confined to its media loop.
 */
final class GateDecider {
  /** More events than any source sends in the longest window; further events are ignored. */
  static final int MAXIMUM_GATHERED = 4096;

  /** More than the number of the shortest openings that fit into the longest window. */
  private static final int MAXIMUM_EXHAUSTED = 16;

  /** An event that waits for a decision. */
  private record Gathered(long media, long arrival) {}

  private final GateTimes times;
  private final List<Gathered> gathered = new ArrayList<>();
  private State state = State.Closed.INSTANCE;

  /** The last openings that ended at their maximum, oldest first. */
  private final Deque<Opening> exhausted = new ArrayDeque<>();

  GateDecider(GateTimes times) {
    this.times = times;
  }

  /**
   * The time for which the gate is open. Immutable.
   *
   * @param first media time of the event that opened the gate
   * @param last media time of the last event that opened or prolonged it
   * @param times the durations of the gate
   */
  record Opening(long first, long last, GateTimes times) {
    /** Returns the media time from which media passes. */
    long start() {
      return first + times.offset();
    }

    /** Returns the media time before which media passes. */
    long end() {
      return Math.min(last + times.minimum(), latestEnd());
    }

    private long latestEnd() {
      return first + times.maximum();
    }

    private boolean isAtMaximum() {
      return end() == latestEnd();
    }

    private boolean takes(long media) {
      return media >= first && media <= end();
    }

    private Opening prolonged(long media) {
      return new Opening(first, Math.max(last, media), times);
    }
  }

  /** What the gate does. */
  private sealed interface State {
    /** Returns the opening that is not over. */
    @Nullable Opening opening();

    /** Events are gathered for the next opening. */
    enum Closed implements State {
      INSTANCE;

      @Override
      public @Nullable Opening opening() {
        return null;
      }
    }

    /** The gate has an opening. */
    sealed interface Opened extends State {
      @Override
      Opening opening();

      /** Goes on with the same opening, which may end later than before. */
      Opened with(Opening longer);

      /** Notes that the media has reached the end of the opening. */
      Held reached(long now);
    }

    /** Media has not reached the end of the opening. */
    record Open(Opening opening) implements Opened {
      @Override
      public Opened with(Opening longer) {
        return new Open(longer);
      }

      @Override
      public Held reached(long now) {
        return new Held(opening, now);
      }
    }

    /** Media has reached the end of the opening, which an event may still prolong. */
    record Held(Opening opening, long since) implements Opened {
      @Override
      public Opened with(Opening longer) {
        return longer.end() == opening.end() ? new Held(longer, since) : new Open(longer);
      }

      @Override
      public Held reached(long now) {
        return this;
      }
    }
  }

  /** Returns the opening that was decided on and is not over; its end may still be put off. */
  @Nullable Opening opening() {
    return state.opening();
  }

  /** Returns the earliest media time of a gathered event, at most {@code otherwise}. */
  long earliestGathered(long otherwise) {
    long earliest = otherwise;
    for (Gathered event : gathered) {
      earliest = Math.min(earliest, event.media());
    }
    return earliest;
  }

  /**
   * Takes an event.
   *
   * @param media time of the event on the media time line
   * @param arrival the current time on the clock of {@link #advance}
   * @return false when the event is ignored: it is late, its opening has reached its maximum, or
   *     too many events are gathered
   */
  boolean event(long media, long arrival) {
    if (isExhausted(media)) {
      return false;
    }
    if (state instanceof State.Opened opened && media <= opened.opening().end()) {
      if (media < opened.opening().first()) {
        return false;
      }
      state = opened.with(absorb(opened.opening().prolonged(media)));
      return true;
    }
    if (gathered.size() == MAXIMUM_GATHERED) {
      return false;
    }
    gathered.add(new Gathered(media, arrival));
    return true;
  }

  /**
   * Lets time pass: decides on gathered events, and ends the opening that is over. The caller looks
   * at {@link #opening} afterwards, and calls again when it changed.
   *
   * @param newest media time of the newest sample; {@link Long#MIN_VALUE} before there is one
   * @param now arrival time
   * @return true when an opening was ended or begun
   */
  boolean advance(long newest, long now) {
    if (state instanceof State.Opened opened) {
      return close(opened, newest, now);
    }
    if (gathered.isEmpty() || now < gathered.get(0).arrival() + times.window()) {
      return false;
    }
    state = new State.Open(decide());
    return true;
  }

  private boolean close(State.Opened opened, long newest, long now) {
    Opening current = opened.opening();
    if (newest < current.end()) {
      return false;
    }
    if (!current.isAtMaximum()) {
      State.Held held = opened.reached(now);
      state = held;
      if (now < held.since() + times.window()) {
        return false;
      }
    }
    state = State.Closed.INSTANCE;
    remember(current);
    return true;
  }

  /** Forgets everything: the time line of the media has a new origin. */
  void reset() {
    gathered.clear();
    state = State.Closed.INSTANCE;
    exhausted.clear();
  }

  /**
   * Returns when {@link #advance} may have something to do even if no media comes.
   *
   * @param newest as for {@link #advance}
   * @param flows whether media time goes on by itself
   * @param now arrival time
   * @return nanoseconds from now; −1 when nothing is due before media comes
   */
  long nextDecisionIn(long newest, boolean flows, long now) {
    if (state instanceof State.Held held) {
      return left(held.since(), now);
    }
    if (state instanceof State.Open open) {
      return flows ? Math.max(0, open.opening().end() - newest) : -1;
    }
    return gathered.isEmpty() ? -1 : left(gathered.get(0).arrival(), now);
  }

  private long left(long arrival, long now) {
    return Math.max(0, arrival + times.window() - now);
  }

  private void remember(Opening over) {
    if (over.isAtMaximum()) {
      exhausted.addLast(over);
      if (exhausted.size() > MAXIMUM_EXHAUSTED) {
        exhausted.removeFirst();
      }
    }
  }

  private boolean isExhausted(long media) {
    return exhausted.stream().anyMatch(over -> over.takes(media));
  }

  private Opening decide() {
    long deadline = gathered.get(0).arrival() + times.window();
    long first = Long.MAX_VALUE;
    for (Gathered event : gathered) {
      if (event.arrival() <= deadline) {
        first = Math.min(first, event.media());
      }
    }
    Opening decided = new Opening(first, first, times);
    gathered.removeIf(event -> event.media() < decided.first());
    return absorb(decided);
  }

  /** Takes the gathered events within an opening; each may prolong it to include the next. */
  private Opening absorb(Opening opening) {
    Opening longer = opening;
    for (long media : gathered.stream().mapToLong(Gathered::media).sorted().toArray()) {
      longer = longer.takes(media) ? longer.prolonged(media) : longer;
    }
    Opening whole = longer;
    gathered.removeIf(event -> whole.takes(event.media()));
    return whole;
  }
}
