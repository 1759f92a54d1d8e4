package io.lva.iot.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.iot.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MethodCallsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final CountDownLatch drained = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void endWaiting() {
    drained.countDown();
  }

  private Answer method(String name, String payload) {
    begun.incrementAndGet();
    if (name.equals("GraphInstanceDeactivate")) {
      await(drained);
    }
    if (name.equals("Throws")) {
      throw new StackOverflowError("deep");
    }
    return new Answer(200, name.equals("Large") ? "\"" + "x".repeat(128 * 1024) + "\"" : "null");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<Answer> call(MethodCalls calls, String name) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    calls.call(name, "{}", answer::complete);
    return answer;
  }

  @Test
  void call_whileAnotherWaits_answered() {
    try (MethodCalls calls = new MethodCalls(this::method, LONG)) {
      CompletableFuture<Answer> slow = call(calls, "GraphInstanceDeactivate");
      assertThat(call(calls, "GraphInstanceList").orTimeout(60, TimeUnit.SECONDS).join().status())
          .isEqualTo(200);
      assertThat(slow).isNotDone();
      drained.countDown();
      assertThat(slow.orTimeout(60, TimeUnit.SECONDS).join().status()).isEqualTo(200);
    }
  }

  @Test
  void call_patienceIsOver_saidSoAndRepetitionJoins() {
    try (MethodCalls calls = new MethodCalls(this::method, Duration.ofMillis(10))) {
      Answer first = call(calls, "GraphInstanceDeactivate").orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(first.status()).isEqualTo(503);
      assertThat(first.payload()).contains("OperationInProgress", "goes on");
    }
    assertThat(begun).hasValue(1);
  }

  @Test
  void call_repeatedWhileItRuns_runsOnce() {
    try (MethodCalls calls = new MethodCalls(this::method, LONG)) {
      CompletableFuture<Answer> first = call(calls, "GraphInstanceDeactivate");
      CompletableFuture<Answer> second = call(calls, "GraphInstanceDeactivate");
      drained.countDown();
      assertThat(first.orTimeout(60, TimeUnit.SECONDS).join().status()).isEqualTo(200);
      assertThat(second.orTimeout(60, TimeUnit.SECONDS).join().status()).isEqualTo(200);
      assertThat(begun).hasValue(1);
    }
  }

  @Test
  void call_methodThrows_500WithAnErrorBody() {
    try (MethodCalls calls = new MethodCalls(this::method, LONG)) {
      Answer answer = call(calls, "Throws").orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.payload()).contains("InternalServerError").doesNotContain("deep");
    }
  }

  @Test
  void call_answerOver128KiB_refusedWithAnError() {
    try (MethodCalls calls = new MethodCalls(this::method, LONG)) {
      Answer answer = call(calls, "Large").orTimeout(60, TimeUnit.SECONDS).join();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.payload()).contains("ResponseTooLarge", "ended with status 200");
    }
  }

  @Test
  void call_moreThanCanWait_refusedAsBusy() {
    try (MethodCalls calls = new MethodCalls(this::slow, LONG)) {
      CompletableFuture<Answer> refused = new CompletableFuture<>();
      for (int i = 0; i < 1100; i++) {
        calls.call(
            "GraphInstanceGet",
            "{}",
            answer -> {
              if (answer.status() == 503) {
                refused.complete(answer);
              }
            });
      }
      assertThat(refused.orTimeout(60, TimeUnit.SECONDS).join().payload()).contains("ServerBusy");
      drained.countDown();
    }
  }

  private Answer slow(String name, String payload) {
    await(drained);
    return new Answer(200, "null");
  }
}
