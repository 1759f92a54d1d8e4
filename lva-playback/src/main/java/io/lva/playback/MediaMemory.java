package io.lva.playback;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.playback.address.PlaybackException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The memory that all answers together take for media of stores that are not on a disk. Answers
 * that find too little of it wait, in the order of their arrival, until others end; they hold no
 * thread.
 *
 * <p>Thread-safe.
 */
final class MediaMemory {
  /** Players give up on an address after ten seconds or more. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private final long totalBytes;
  private final int mostWaiting;
  private final ScheduledExecutorService timer;
  private final Executor readers;

  @GuardedBy("this")
  private final Deque<Waiter> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private long freeBytes;

  /** The share of one answer, given back by closing it. Thread-safe. */
  final class Reservation implements AutoCloseable {
    private final long bytes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Reservation(long bytes) {
      this.bytes = bytes;
    }

    /** Returns how many bytes it holds. */
    long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        giveBack(bytes);
      }
    }
  }

  /** An answer that waits. */
  private static final class Waiter {
    private final CompletableFuture<Reservation> reservation = new CompletableFuture<>();
    private final long bytes;

    Waiter(long bytes) {
      this.bytes = bytes;
    }

    void refuse(String reason) {
      reservation.completeExceptionally(new PlaybackException(503, reason));
    }
  }

  /**
   * Makes the memory, all of it free.
   *
   * @param totalBytes of all answers together
   * @param mostWaiting how many answers may wait
   * @param timer ends the waiting
   * @param readers continue answers that have waited; their threads may block
   */
  MediaMemory(long totalBytes, int mostWaiting, ScheduledExecutorService timer, Executor readers) {
    this.totalBytes = totalBytes;
    this.mostWaiting = mostWaiting;
    this.timer = timer;
    this.readers = readers;
    this.freeBytes = totalBytes;
  }

  /**
   * Takes memory, now or when others have given it back.
   *
   * @param bytes how much to take: 0 never waits, and more than the whole memory takes all of it
   * @return the reservation, to be closed; the stage fails with status 503 when too many answers
   *     wait already, after too long a wait, or when playback is closed
   */
  CompletionStage<Reservation> take(long bytes) {
    Waiter waiter = new Waiter(Math.min(bytes, totalBytes));
    if (isFree(waiter)) {
      return CompletableFuture.completedFuture(new Reservation(waiter.bytes));
    }
    if (!enqueue(waiter)) {
      waiter.refuse("too many players wait; try again");
      return waiter.reservation;
    }
    serve(); // what was given back meanwhile
    try {
      Future<?> timeout =
          timer.schedule(() -> giveUp(waiter), LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return waiter.reservation.whenComplete(
          (reservation, failure) -> timeout.cancel(/* interrupt= */ false));
    } catch (RejectedExecutionException e) {
      giveUp(waiter); // playback is closed
      return waiter.reservation;
    }
  }

  /**
   * Takes memory that is useful but not needed, if nobody waits and half of all memory remains free
   * for others. Never waits.
   *
   * @param bytes how much
   * @return a reservation of all of it or of nothing, to be closed
   */
  Reservation takeSpare(long bytes) {
    return new Reservation(isSpare(bytes) ? bytes : 0);
  }

  /** Returns the memory of all answers together. */
  long totalBytes() {
    return totalBytes;
  }

  private synchronized boolean isFree(Waiter waiter) {
    boolean free = waiter.bytes == 0 || (waiting.isEmpty() && waiter.bytes <= freeBytes);
    freeBytes -= free ? waiter.bytes : 0;
    return free;
  }

  private synchronized boolean isSpare(long bytes) {
    boolean spare = waiting.isEmpty() && freeBytes - bytes >= totalBytes / 2;
    freeBytes -= spare ? bytes : 0;
    return spare;
  }

  private synchronized boolean enqueue(Waiter waiter) {
    return waiting.size() < mostWaiting && waiting.add(waiter);
  }

  private void giveUp(Waiter waiter) {
    boolean waited;
    synchronized (this) {
      waited = waiting.remove(waiter);
    }
    if (waited) {
      waiter.refuse("too much media is being sent; try again");
      serve(); // who asked for less may have waited after it
    }
  }

  private void giveBack(long bytes) {
    synchronized (this) {
      freeBytes += bytes;
    }
    serve();
  }

  private void serve() {
    for (Waiter waiter : served()) {
      try {
        readers.execute(() -> waiter.reservation.complete(new Reservation(waiter.bytes)));
      } catch (RejectedExecutionException e) {
        waiter.refuse("playback is closed");
      }
    }
  }

  private synchronized List<Waiter> served() {
    List<Waiter> served = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.element().bytes <= freeBytes) {
      Waiter next = waiting.remove();
      freeBytes -= next.bytes;
      served.add(next);
    }
    return served;
  }
}
