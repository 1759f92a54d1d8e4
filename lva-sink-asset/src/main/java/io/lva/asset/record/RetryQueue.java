package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Work on files that is repeated until it succeeds. A step that fails does not hold up the others.
 *
 * <p>Steps are added from any thread and run on the housekeeping thread of a lane.
 *
 * <p>Thread-safe.
 */
final class RetryQueue {
  private static final System.Logger LOGGER = System.getLogger(RetryQueue.class.getName());

  private final Lane lane;
  private final FaultReporter faults;
  private final RetryDelay delay = new RetryDelay();

  @GuardedBy("this")
  private final Deque<Step> steps = new ArrayDeque<>();

  @GuardedBy("this")
  private Optional<Step> last = Optional.empty();

  @GuardedBy("this")
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

  /** Adds a step after all others. */
  synchronized void add(Step step) {
    steps.addLast(step);
    schedule();
  }

  /** Sets the step that runs after all others; no step may be added afterward. */
  synchronized void end(Step step) {
    last = Optional.of(step);
    schedule();
  }

  /** Returns the number of steps that are not done yet. */
  synchronized int size() {
    return steps.size();
  }

  @GuardedBy("this")
  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      lane.tidy(this::work);
    }
  }

  private void work() {
    int failed = 0;
    Optional<Step> step = next();
    while (step.isPresent()) {
      Optional<IOException> failure = failure(step.get());
      if (failure.isPresent()) {
        faults.failed(failure.get());
        again(step.get());
        failed++;
        if (failed >= size()) {
          lane.tidyLater(delay.next(), this::work);
          return;
        }
      }
      step = next();
    }
    if (failed == 0) {
      faults.recovered();
      delay.reset();
    }
  }

  /** Runs a step and returns why it failed, if it did. */
  private static Optional<IOException> failure(Step step) {
    try {
      step.run();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.ERROR, "a step failed and is repeated", e);
      return Optional.of(new IOException(e.toString(), e));
    }
  }

  private synchronized Optional<Step> next() {
    if (!steps.isEmpty()) {
      return Optional.of(steps.removeFirst());
    }
    Optional<Step> step = last;
    last = Optional.empty();
    scheduled = step.isPresent();
    return step;
  }

  private synchronized void again(Step step) {
    steps.addLast(step);
  }

  /** A delay that grows with every failure, up to a limit. Not thread-safe. */
  static final class RetryDelay {
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
