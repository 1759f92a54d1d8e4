package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.spi.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Workers workers = new Workers(2, Metrics.none());
  private final AtomicInteger interruptions = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    workers.close();
  }

  private CompletableFuture<Boolean> held(Duration deadline) {
    return workers.submit(() -> release.await(1, TimeUnit.HOURS), deadline).toCompletableFuture();
  }

  /** Does not even end when it is interrupted. */
  private CompletableFuture<Boolean> stuck() {
    return workers
        .submit(
            () -> {
              while (true) {
                try {
                  return release.await(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                  interruptions.incrementAndGet();
                }
              }
            },
            SHORT)
        .toCompletableFuture();
  }

  private static <T> void assertFailsWith(
      CompletionStage<T> stage, Class<? extends Throwable> cause) {
    assertThatThrownBy(() -> stage.toCompletableFuture().get()).hasCauseInstanceOf(cause);
  }

  @Test
  void submit_task_resultOfAnotherThread() throws Exception {
    Thread thread = workers.submit(Thread::currentThread, LONG).toCompletableFuture().get();
    assertThat(thread).isNotSameAs(Thread.currentThread());
  }

  @Test
  void submit_taskThatThrows_failureOfTheStage() {
    assertFailsWith(
        workers.submit(
            () -> {
              throw new IllegalStateException("broken");
            },
            LONG),
        IllegalStateException.class);
  }

  @Test
  void submit_full_refusedAtOnceAndFreeAgainLater() throws Exception {
    List<CompletableFuture<Boolean>> accepted = new ArrayList<>();
    for (int i = 0; i < 2 + Workers.MAXIMUM_WAITING; i++) {
      accepted.add(held(LONG));
    }
    assertFailsWith(held(LONG), RejectedExecutionException.class);
    release.countDown();
    for (CompletableFuture<Boolean> future : accepted) {
      assertThat(future.get()).isTrue();
    }
    assertThat(held(LONG).get()).isTrue();
  }

  @Test
  void submit_deadlinePassed_taskInterruptedAndNextRuns() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    CompletionStage<Boolean> late =
        workers.submit(
            () -> {
              try {
                return release.await(1, TimeUnit.HOURS);
              } catch (InterruptedException e) {
                interrupted.complete(true);
                return false;
              }
            },
            SHORT);
    assertFailsWith(late, TimeoutException.class);
    assertThat(interrupted.get()).isTrue();
    assertThat(workers.submit(Thread::interrupted, LONG).toCompletableFuture().get()).isFalse();
  }

  @Test
  void submit_deadlinePassedWhileWaiting_taskNeverRuns() throws Exception {
    List<CompletableFuture<Boolean>> holding = List.of(held(LONG), held(LONG));
    AtomicInteger runs = new AtomicInteger();
    assertFailsWith(workers.submit(runs::incrementAndGet, SHORT), TimeoutException.class);
    assertThat(holding).noneMatch(CompletableFuture::isDone);
    release.countDown();
    workers.submit(() -> 0, LONG).toCompletableFuture().get();
    assertThat(runs).hasValue(0);
  }

  @Test
  void submit_allThreadsStuck_othersRun() throws Exception {
    CompletableFuture<Boolean> first = stuck();
    CompletableFuture<Boolean> second = stuck();
    assertFailsWith(first, TimeoutException.class);
    assertFailsWith(second, TimeoutException.class);
    assertThat(workers.submit(() -> 7, LONG).toCompletableFuture().get()).isEqualTo(7);
  }

  @Test
  void submit_tooManyStuck_refusedUntilTheyEnd() {
    for (int i = 0; i < Workers.MAXIMUM_OVERDUE; i++) {
      assertFailsWith(stuck(), TimeoutException.class);
    }
    assertFailsWith(held(LONG), RejectedExecutionException.class);
  }

  @Test
  void close_tasksWait_refusedAndRunningInterrupted() {
    List<CompletableFuture<Boolean>> running = List.of(held(LONG), held(LONG));
    CompletableFuture<Boolean> waits = held(LONG);
    workers.close();
    assertFailsWith(waits, RejectedExecutionException.class);
    running.forEach(task -> assertFailsWith(task, InterruptedException.class));
    assertFailsWith(held(LONG), RejectedExecutionException.class);
  }
}
