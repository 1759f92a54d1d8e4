package io.lva.asset.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.store.LockLostException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadCycleTest {
  private final ManualThreads threads = new ManualThreads();
  private final List<String> calls = new ArrayList<>();
  private final Deque<Step> steps = new ArrayDeque<>();
  private final UploadCycle cycle = new UploadCycle(threads, new Script());

  /** What an upload does. */
  private interface Step {
    void run() throws IOException;
  }

  private final class Script implements UploadCycle.Work {
    @Override
    public void publish() throws IOException {
      calls.add("publish");
      if (!steps.isEmpty()) {
        steps.poll().run();
      }
    }

    @Override
    public void failed(IOException failure) {
      calls.add("failed");
    }

    @Override
    public void takenOver(LockLostException failure) {
      calls.add("takenOver");
    }

    @Override
    public void end() {
      calls.add("end");
    }
  }

  private static void refuse() throws IOException {
    throw new IOException("the store is away");
  }

  private static void loseLock() throws IOException {
    throw new LockLostException("door", 1);
  }

  private void drain() {
    cycle.drain(() -> calls.add("done"));
  }

  @Test
  void wake_resting_uploadsOnce() {
    cycle.wake();
    cycle.wake();
    threads.runAll();

    assertThat(calls).containsExactly("publish");
  }

  @Test
  void wake_whileUploading_uploadsAgain() {
    steps.add(cycle::wake);
    cycle.wake();
    threads.runAll();

    assertThat(calls).containsExactly("publish", "publish");
  }

  @Test
  void publish_fails_isRepeatedAfterGrowingPauses() {
    for (int i = 0; i < 10; i++) {
      steps.add(UploadCycleTest::refuse);
    }
    cycle.wake();
    threads.runAll();

    Duration longest = UploadCycle.FIRST_PAUSE;
    for (int i = 0; i < 10; i++) {
      Duration pause = threads.passToNext();
      assertThat(pause).isBetween(longest.dividedBy(2), longest);
      longest = longest.multipliedBy(2);
      longest =
          longest.compareTo(UploadCycle.LONGEST_PAUSE) > 0 ? UploadCycle.LONGEST_PAUSE : longest;
    }
    assertThat(calls).hasSize(21).endsWith("failed", "publish");
    assertThat(threads.isIdle()).isTrue();
  }

  @Test
  void succeeded_afterFailures_pausesShortlyAgain() {
    for (int i = 0; i < 5; i++) {
      steps.add(UploadCycleTest::refuse);
    }
    steps.add(
        () -> {
          cycle.succeeded();
          refuse();
        });
    cycle.wake();
    threads.runAll();
    for (int i = 0; i < 5; i++) {
      threads.passToNext();
    }

    assertThat(threads.passToNext()).isLessThanOrEqualTo(UploadCycle.FIRST_PAUSE);
  }

  @Test
  void wake_whilePausing_doesNotShortenThePause() {
    steps.add(UploadCycleTest::refuse);
    cycle.wake();
    threads.runAll();
    cycle.wake();
    threads.runAll();

    assertThat(calls).containsExactly("publish", "failed");
  }

  @Test
  void drain_resting_publishesOnceMoreAndEnds() {
    drain();
    threads.runAll();

    assertThat(calls).containsExactly("publish", "end", "done");
  }

  @Test
  void drain_whilePausing_triesAtOnceAndGoesOnUntilAllIsPublished() {
    steps.add(UploadCycleTest::refuse);
    steps.add(UploadCycleTest::refuse);
    cycle.wake();
    threads.runAll();
    drain();
    threads.runAll();
    assertThat(calls).containsExactly("publish", "failed", "publish", "failed");

    threads.passToNext();
    assertThat(calls).endsWith("publish", "end", "done");
  }

  @Test
  void giveUp_whileDraining_endsWithoutPublishing() {
    steps.add(UploadCycleTest::refuse);
    drain();
    threads.runAll();
    cycle.giveUp();
    cycle.giveUp();
    threads.runAll();

    assertThat(calls).containsExactly("publish", "failed", "end", "done");
    assertThat(threads.isIdle()).isTrue();
  }

  @Test
  void giveUp_whileUploading_endsAfterThatUpload() {
    steps.add(
        () -> {
          cycle.giveUp();
          assertThat(cycle.isGivenUp()).isTrue();
          cycle.wake();
        });
    cycle.wake();
    threads.runAll();

    assertThat(calls).containsExactly("publish", "end");
  }

  @Test
  void drain_givenUpWhileUploading_endsAfterThatUpload() {
    steps.add(
        () -> {
          cycle.giveUp();
          drain();
          refuse();
        });
    cycle.wake();
    threads.runAll();

    assertThat(cycle.isGivenUp()).isTrue();
    assertThat(calls).endsWith("end", "done");
    assertThat(threads.isIdle()).isTrue();
  }

  @Test
  void drain_afterTheEnd_isDoneAtOnce() {
    cycle.giveUp();
    threads.runAll();
    drain();
    threads.runAll();

    assertThat(calls).containsExactly("end", "done");
  }

  @Test
  void publish_lockIsLost_nothingIsPublishedUntilTheEnd() {
    steps.add(UploadCycleTest::loseLock);
    cycle.wake();
    threads.runAll();
    cycle.wake();
    threads.runAll();
    assertThat(calls).containsExactly("publish", "takenOver");

    drain();
    threads.runAll();
    assertThat(calls).containsExactly("publish", "takenOver", "end", "done");
  }

  @Test
  void publish_lockIsLostWhileDraining_ends() {
    steps.add(UploadCycleTest::loseLock);
    drain();
    threads.runAll();

    assertThat(calls).containsExactly("publish", "takenOver", "end", "done");
  }

  @Test
  void publish_throwsByMistake_isRepeated() {
    steps.add(
        () -> {
          throw new IllegalStateException("a mistake");
        });
    cycle.wake();
    threads.runAll();
    threads.passToNext();

    assertThat(calls).containsExactly("publish", "failed", "publish");
  }

  @Test
  void publish_failsWhileTheProcessEnds_ends() {
    steps.add(
        () -> {
          threads.shutdown();
          refuse();
        });
    cycle.wake();
    threads.runAll();

    assertThat(calls).containsExactly("publish", "failed", "end");
  }
}
