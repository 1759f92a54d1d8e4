package io.lva.playback.window;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests whose question or last answer fails in a way that nobody foresaw. */
class WaitingTest {
  private static final Duration LONGEST = Duration.ofDays(1);
  private final UncheckedIOException away =
      new UncheckedIOException(new IOException("the store is away"));

  private final Timer timer = new Timer();
  private final Waiting waiting = new Waiting(timer, new Waiting.Quota(1));

  /** Runs tasks at once, and what is scheduled when the test says so. */
  private static final class Timer extends ScheduledThreadPoolExecutor {
    private final Deque<Runnable> scheduled = new ArrayDeque<>();

    Timer() {
      super(1);
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      scheduled.add(task);
      return super.schedule(() -> {}, delay, unit);
    }
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private void assertThereIsRoom() {
    assertThat(waiting.await(() -> Optional.of("yes"), () -> "no", LONGEST))
        .isCompletedWithValue("yes");
  }

  @Test
  void await_questionFailsAtOnce_failsAndMakesRoom() {
    CompletableFuture<String> answer =
        waiting.await(
            () -> {
              throw away;
            },
            () -> "no",
            LONGEST);
    assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCause(away);
    assertThereIsRoom();
  }

  @Test
  void changed_questionFails_failsAndMakesRoom() {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    CompletableFuture<String> answer =
        waiting.await(
            () -> {
              if (failure.get() != null) {
                throw failure.get();
              }
              return Optional.empty();
            },
            () -> "no",
            LONGEST);
    failure.set(away);
    waiting.changed();
    assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCause(away);
    assertThereIsRoom();
  }

  @Test
  void await_lastAnswerFails_failsAndMakesRoom() {
    CompletableFuture<String> answer =
        waiting.await(
            Optional::empty,
            () -> {
              throw away;
            },
            LONGEST);
    requireNonNull(timer.scheduled.poll()).run();
    assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCause(away);
    assertThereIsRoom();
  }
}
