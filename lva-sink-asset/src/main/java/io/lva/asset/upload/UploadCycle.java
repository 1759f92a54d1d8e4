package io.lva.asset.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.store.LockLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Decides when the uploads of one spool run. They run one at a time, again when there is news, and
 * after a growing pause when one has failed. They stop when everything is published, when the cycle
 * is given up, or when another recorder has taken the asset over.
 *
 * <p>Thread-safe.
 */
final class UploadCycle {
  private static final System.Logger LOGGER = System.getLogger(UploadCycle.class.getName());

  static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ScheduledExecutorService threads;
  private final Work work;

  @GuardedBy("this")
  private Activity activity = new Activity.Resting();

  @GuardedBy("this")
  private Goal goal = new Goal.KeepUp();

  @GuardedBy("this")
  private Duration pause = FIRST_PAUSE;

  /** The work of a cycle. Called on upload threads, one call at a time. */
  interface Work {
    /**
     * Publishes what is waiting.
     *
     * @throws LockLostException when nothing more can be published
     * @throws IOException when publishing must be tried again
     */
    void publish() throws IOException;

    /** Notes a failure before the pause that follows. */
    void failed(IOException failure);

    /** Notes that another recorder has the asset. */
    void takenOver(LockLostException failure);

    /** Releases everything; called once, after everything else. */
    void end();
  }

  /** What the cycle is doing. */
  private sealed interface Activity {
    /** Nothing, until there is news. */
    record Resting() implements Activity {}

    /** An upload is running or about to run; if there is news, another one follows. */
    record Uploading(boolean news) implements Activity {}

    /** The last upload failed. */
    record Pausing(ScheduledFuture<?> retry) implements Activity {}

    /** Nothing more is published. */
    record TakenOver() implements Activity {}

    /** Everything is released or about to be released. */
    record Ended() implements Activity {}
  }

  /** What the uploads are for. */
  private sealed interface Goal {
    /** To publish what is recorded. */
    record KeepUp() implements Goal {
      @Override
      public Runnable done() {
        return KeepUp::nobodyWaits;
      }

      private static void nobodyWaits() {}
    }

    /** To publish the rest, and end. */
    record Drain(Runnable done) implements Goal {}

    /** To end without publishing the rest. */
    record GiveUp(Runnable done) implements Goal {}

    /** Returns what to run when the cycle has ended. */
    Runnable done();
  }

  UploadCycle(ScheduledExecutorService threads, Work work) {
    this.threads = threads;
    this.work = work;
  }

  /** Has the work done soon. */
  synchronized void wake() {
    if (activity instanceof Activity.Resting) {
      upload();
    } else if (activity instanceof Activity.Uploading) {
      activity = new Activity.Uploading(true);
    }
  }

  @GuardedBy("this")
  private void upload() {
    activity = new Activity.Uploading(true);
    threads.execute(this::run);
  }

  /**
   * Ends the cycle when everything is published.
   *
   * @param done called once, on an upload thread
   */
  synchronized void drain(Runnable done) {
    if (activity instanceof Activity.Ended) {
      threads.execute(done);
      return;
    }
    goal = isGivenUp() ? new Goal.GiveUp(done) : new Goal.Drain(done);
    if (activity instanceof Activity.TakenOver) {
      activity = new Activity.Ended();
      threads.execute(this::end);
    } else if (!(activity instanceof Activity.Pausing pausing)) {
      wake();
    } else if (pausing.retry().cancel(false)) {
      upload();
    }
  }

  /** Ends the cycle after the running upload, if any. */
  synchronized void giveUp() {
    goal = new Goal.GiveUp(goal.done());
    boolean runs =
        activity instanceof Activity.Uploading
            || activity instanceof Activity.Ended
            || (activity instanceof Activity.Pausing pausing && !pausing.retry().cancel(false));
    if (!runs) {
      activity = new Activity.Ended();
      threads.execute(this::end);
    }
  }

  /** Returns whether the work should stop after the present segment. */
  synchronized boolean isGivenUp() {
    return goal instanceof Goal.GiveUp;
  }

  /** Returns whether the recording has ended. */
  synchronized boolean isEnding() {
    return !(goal instanceof Goal.KeepUp);
  }

  /** Notes that the store works. */
  synchronized void succeeded() {
    pause = FIRST_PAUSE;
  }

  private void run() {
    if (uploads()) {
      end();
    }
  }

  /**
   * Uploads while there is news; returns whether the cycle has ended and everything must be
   * released.
   */
  private boolean uploads() {
    try {
      Next next = next();
      while (next == Next.UPLOAD) {
        work.publish();
        next = next();
      }
      return next == Next.END;
    } catch (LockLostException e) {
      work.takenOver(e);
      return takenOver();
    } catch (IOException e) {
      work.failed(e);
      return pause();
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.ERROR, "an upload failed", e);
      work.failed(new IOException("uploading failed: " + e, e));
      return pause();
    }
  }

  private enum Next {
    UPLOAD,
    REST,
    END
  }

  private synchronized Next next() {
    boolean news = activity instanceof Activity.Uploading uploading && uploading.news();
    if (news && !isGivenUp()) {
      activity = new Activity.Uploading(false);
      return Next.UPLOAD;
    }
    activity = isEnding() ? new Activity.Ended() : new Activity.Resting();
    return isEnding() ? Next.END : Next.REST;
  }

  private synchronized boolean takenOver() {
    activity = isEnding() ? new Activity.Ended() : new Activity.TakenOver();
    return isEnding();
  }

  private synchronized boolean pause() {
    if (isGivenUp()) {
      activity = new Activity.Ended();
      return true;
    }
    long half = pause.toNanos() / 2;
    long jitter = ThreadLocalRandom.current().nextLong(half + 1);
    try {
      activity =
          new Activity.Pausing(threads.schedule(this::retry, half + jitter, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException e) {
      activity = new Activity.Ended(); // the process ends; the next one goes on
      return true;
    }
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    return false;
  }

  private void retry() {
    synchronized (this) {
      activity = new Activity.Uploading(true);
    }
    run();
  }

  private void end() {
    work.end();
    Runnable done;
    synchronized (this) {
      done = goal.done();
    }
    done.run();
  }
}
