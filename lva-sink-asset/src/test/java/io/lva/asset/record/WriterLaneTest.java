package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.LiveAssets;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.MemoryFiles.Outcome;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.event.GraphEvent;
import io.lva.media.GapCause;
import io.lva.media.MediaBudget;
import io.lva.media.SlabPool;
import io.lva.spi.Clock;
import io.lva.spi.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The threads of a volume. */
class WriterLaneTest {
  private final WriterLane lane = new WriterLane("test", Clock.system());
  private final MemoryFiles files = new MemoryFiles();
  private final List<GraphEvent> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    lane.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private RecordingSession session(String asset, MediaBudget budget) {
    DiskAssetStore store = new DiskAssetStore(Path.of("/store"), files);
    return new RecordingSession(
        new SinkServices(
            store,
            name -> OpenAsset.inPlace(AssetFolder.open(store, name, lane.clock())),
            Path.of("/store").toUri(),
            LiveAssets.empty(),
            lane,
            budget,
            RecorderOptions.defaults(),
            Metrics.none(),
            events::add,
            0),
        asset,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void ready_taskIsCalledFromManyThreads_neverTwiceAtOnce() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger worst = new AtomicInteger();
    AtomicLong announced = new AtomicLong();
    AtomicLong seen = new AtomicLong();
    Lane.Task task =
        new Lane.Task() {
          @Override
          void run() {
            worst.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.set(announced.get());
            inside.decrementAndGet();
          }
        };
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  announced.incrementAndGet();
                  lane.ready(task);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    lane.close();

    assertThat(worst).hasValue(1);
    assertThat(seen).hasValue(80_000);
  }

  @Test
  void later_work_runsWhenItIsDueAndNotBefore() {
    CountDownLatch done = new CountDownLatch(1);
    long start = System.nanoTime();
    AtomicLong at = new AtomicLong();
    lane.later(
        Duration.ofMillis(100),
        () -> {
          at.set(System.nanoTime());
          done.countDown();
        });
    await(done);

    assertThat(at.get() - start).isGreaterThanOrEqualTo(100_000_000);
  }

  @Test
  void idle_lane_sleeps() {
    CountDownLatch warm = new CountDownLatch(1);
    lane.later(Duration.ZERO, warm::countDown);
    await(warm);
    CountDownLatch timer = new CountDownLatch(1);
    long before = lane.sleeps();
    lane.tidyLater(Duration.ofMillis(300), timer::countDown);
    await(timer);

    assertThat(lane.sleeps() - before).isLessThan(5);
  }

  @Test
  void ready_manyTimesInAMoment_wakesTheLaneOnce() {
    CountDownLatch timer = new CountDownLatch(1);
    long before = lane.sleeps();
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      lane.ready(
          new Lane.Task() {
            @Override
            void run() {
              // Nothing to do: the wake-ups count.
            }
          });
    }
    Duration moment = Duration.ofNanos(System.nanoTime() - start);
    lane.tidyLater(Duration.ofMillis(100), timer::countDown);
    await(timer);

    // Woken, it waits 20 ms for more; a busy machine may make the moment longer than that.
    assertThat(lane.sleeps() - before).isLessThan(10 + moment.toMillis() / 20);
  }

  @Test
  void task_fails_theLaneGoesOn() {
    CountDownLatch done = new CountDownLatch(1);
    lane.later(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("planted");
        });
    lane.later(Duration.ofMillis(1), done::countDown);

    await(done);
  }

  @Test
  void write_stalls_memoryIsBoundedAndTheRestIsWrittenAfterwards() {
    CountDownLatch writes = new CountDownLatch(1);
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    files.fault(
        call -> {
          if (call.operation().equals("write") && call.path().toString().endsWith(".part")) {
            writes.countDown();
          }
          return Outcome.ALL;
        });
    MediaBudget budget = new MediaBudget(new SlabPool(1, 400_000));
    RecordingSession session = session("front", budget);
    AssetRecorder recorder =
        new AssetRecorder(
            Duration.ofMillis(500), new ManualLoop(new VirtualClock(Fixtures.START)), x -> session);
    CameraSim camera = new CameraSim(recorder, Fixtures.START).bytes(1000);
    camera.tracks();
    camera.seconds(3);
    await(writes);
    lane.later(
        Duration.ZERO,
        () -> {
          stalled.countDown();
          await(goOn);
        });
    await(stalled);
    for (int i = 0; i < 60; i++) {
      camera.seconds(1);
      assertThat(session.queue().usedBytes()).isLessThanOrEqualTo(300_000);
    }
    recorder.end(GapCause.OPERATOR);
    assertThat(session.finished()).isNotDone();
    goOn.countDown();
    session.finished().orTimeout(60, TimeUnit.SECONDS).join();

    assertThat(session.queue().usedBytes()).isZero();
    assertThat(events).anyMatch(GraphEvent.DataDropped.class::isInstance);
    assertThat(events).noneMatch(GraphEvent.StorageError.class::isInstance);
  }

  @Test
  void write_manySinks_allFinish() {
    MediaBudget budget = new MediaBudget(SlabPool.ofBytes(64 << 20));
    List<RecordingSession> sessions = new ArrayList<>();
    List<AssetRecorder> recorders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RecordingSession session = session("camera-" + i, budget);
      sessions.add(session);
      AssetRecorder recorder =
          new AssetRecorder(
              Duration.ofMillis(500),
              new ManualLoop(new VirtualClock(Fixtures.START)),
              x -> session);
      recorders.add(recorder);
      CameraSim camera = new CameraSim(recorder, Fixtures.START);
      camera.tracks();
      camera.seconds(70);
    }
    recorders.forEach(recorder -> recorder.end(GapCause.OPERATOR));

    for (RecordingSession session : sessions) {
      session.finished().orTimeout(60, TimeUnit.SECONDS).join();
    }
    assertThat(events.stream().filter(GraphEvent.RecordingStopped.class::isInstance)).hasSize(20);
    assertThat(events).noneMatch(GraphEvent.DataDropped.class::isInstance);
  }
}
