package io.lva.asset;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Work on files that is done in order, and again until it succeeds.
 *
 * <p>Steps are added from any thread and run on the housekeeping thread of a lane.
 *
 * <p>Thread-safe.
 */
final class RetryQueue {
  private final Lane lane;
  private final FaultReporter faults;
  private final Backoff backoff = new Backoff();
  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean scheduled;

  /** Work that can be repeated. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  RetryQueue(Lane lane, FaultReporter faults) {
    this.lane = lane;
    this.faults = faults;
  }

  /** Adds a step behind all others. */
  synchronized void add(Step step) {
    steps.addLast(step);
    if (!scheduled) {
      scheduled = true;
      lane.tidy(this::work);
    }
  }

  /** Returns how many steps are not done. */
  synchronized int size() {
    return steps.size();
  }

  private void work() {
    try {
      Step step = first();
      while (step != null) {
        step.run();
        faults.recovered();
        step = next();
      }
      backoff.reset();
    } catch (IOException e) {
      faults.failed(e);
      lane.tidyLater(backoff.next(), this::work);
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Step first() {
    scheduled = !steps.isEmpty();
    return steps.peekFirst();
  }

  private synchronized @org.jspecify.annotations.Nullable Step next() {
    steps.removeFirst();
    scheduled = !steps.isEmpty();
    return steps.peekFirst();
  }

  /** Waits longer after every failure, up to a limit. Not thread-safe. */
  static final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    Duration next() {
      Duration now = next;
      Duration doubled = now.multipliedBy(2);
      next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
      return now;
    }

    void reset() {
      next = FIRST;
    }
  }
}
