package io.lva.playback.window;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.playback.address.PlaybackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Requests that wait for something to be recorded. They hold no thread: each is a future that is
 * completed after a change of the recording, or when its time is over.
 *
 * <p>Thread-safe.
 */
public final class Waiting {
  private static final System.Logger LOG = System.getLogger(Waiting.class.getName());

  /** How often to look for changes that nobody announces. */
  private static final long LOOK_MILLIS = 200;

  /**
   * How long to wait for the first fragment of a recording, which lasts 6 s at most. Players give
   * up on an address after ten seconds.
   */
  public static final Duration FIRST_FRAGMENT = Duration.ofSeconds(8);

  private final ScheduledExecutorService timer;
  private final AtomicInteger count;
  private final int limit;

  @GuardedBy("entries")
  private final List<Entry<?>> entries = new ArrayList<>();

  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Counts the waiting requests of all assets together. */
  public static final class Quota {
    private final AtomicInteger count = new AtomicInteger();
    private final int most;

    /**
     * Creates a quota.
     *
     * @param most the number of requests that may wait
     */
    public Quota(int most) {
      this.most = most;
    }
  }

  /** One request. */
  private static final class Entry<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Supplier<Optional<T>> question;
    private final Supplier<T> lastAnswer;

    Entry(Supplier<Optional<T>> question, Supplier<T> lastAnswer) {
      this.question = question;
      this.lastAnswer = lastAnswer;
    }

    boolean answer() {
      if (future.isDone()) {
        return true;
      }
      try {
        Optional<T> answer = question.get();
        answer.ifPresent(future::complete);
        return answer.isPresent();
      } catch (RuntimeException | Error e) { // or this request would wait and count for ever
        future.completeExceptionally(e);
        return true;
      }
    }

    void giveUp() {
      try {
        future.complete(lastAnswer.get());
      } catch (RuntimeException | Error e) { // or the client would never be answered
        future.completeExceptionally(e);
      }
    }
  }

  /**
   * Creates an empty list.
   *
   * @param timer runs the questions and ends the waiting
   * @param quota of all requests that wait
   */
  Waiting(ScheduledExecutorService timer, Quota quota) {
    this.timer = timer;
    this.count = quota.count;
    this.limit = quota.most;
  }

  /**
   * Waits for an answer.
   *
   * @param question asked now and after each change, until it has an answer
   * @param lastAnswer given when the time is over
   * @param longest the longest time to wait
   * @param <T> what the answer is
   * @return the answer, now or later; the future fails with what a supplier throws, such as a
   *     {@link PlaybackException}
   * @throws PlaybackException with status 503 when too many requests wait already, or playback is
   *     closed
   */
  public <T> CompletableFuture<T> await(
      Supplier<Optional<T>> question, Supplier<T> lastAnswer, Duration longest) {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      throw new PlaybackException(503, "too many players wait; try again");
    }
    Entry<T> entry = new Entry<>(question, lastAnswer);
    synchronized (entries) {
      entries.add(entry);
    }
    // Asked after the registration: a change between the two is not missed.
    if (entry.answer()) {
      remove(entry);
      count.decrementAndGet();
      return entry.future;
    }
    ScheduledFuture<?> timeout = expireIn(longest, entry);
    return entry.future.whenComplete(
        (answer, failure) -> {
          timeout.cancel(false);
          count.decrementAndGet();
        });
  }

  private ScheduledFuture<?> expireIn(Duration longest, Entry<?> entry) {
    try {
      return timer.schedule(() -> expire(entry), longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      remove(entry);
      count.decrementAndGet();
      throw new PlaybackException(503, "playback is being closed");
    }
  }

  /** Asks all questions again, soon and on another thread. */
  void changed() {
    synchronized (entries) {
      if (entries.isEmpty()) {
        return;
      }
    }
    if (scheduled.compareAndSet(false, true)) {
      try {
        timer.execute(this::askAgain);
      } catch (RejectedExecutionException e) {
        LOG.log(System.Logger.Level.DEBUG, "playback is closed", e);
      }
    }
  }

  /**
   * Looks for changes every 200 ms for as long as a request waits: a recorder in another process
   * does not announce them.
   */
  public void look() {
    if (looking.compareAndSet(false, true)) {
      try {
        ScheduledFuture<?> unused =
            timer.schedule(this::lookNow, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.log(System.Logger.Level.DEBUG, "playback is closed", e);
      }
    }
  }

  private void lookNow() {
    looking.set(false);
    askAgain();
    synchronized (entries) {
      if (entries.isEmpty()) {
        return;
      }
    }
    look();
  }

  private void askAgain() {
    scheduled.set(false);
    List<Entry<?>> asked;
    synchronized (entries) {
      asked = new ArrayList<>(entries);
    }
    asked.removeIf(entry -> !entry.answer());
    synchronized (entries) {
      entries.removeAll(asked);
    }
  }

  private void expire(Entry<?> entry) {
    remove(entry);
    entry.giveUp();
  }

  private void remove(Entry<?> entry) {
    synchronized (entries) {
      entries.remove(entry);
    }
  }
}
