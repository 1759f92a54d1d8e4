package io.lva.iot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.EventClass;
import io.lva.spi.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox against a hub that acknowledges when the test says so. */
class EventOutboxTest {
  @TempDir private Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<OutgoingMessage> underWay = new ArrayList<>();
  private final List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
  private final AtomicLong counted = new AtomicLong();
  private EventOutbox outbox;

  @BeforeEach
  void open() throws IOException {
    outbox =
        new EventOutbox(EventJournal.open(folder), new Counting(), timer, EventOutbox.PATIENCE);
  }

  @AfterEach
  void close() {
    outbox.close();
    timer.shutdownNow();
  }

  /** Counts what is dropped. */
  private final class Counting implements Metrics {
    @Override
    public Counter counter(String name, String... tags) {
      return counted::addAndGet;
    }

    @Override
    public Registration gauge(String name, DoubleSupplier value, String... tags) {
      return () -> {};
    }
  }

  /** A timer whose tasks the test runs. */
  private static final class ManualTimer extends ScheduledThreadPoolExecutor
      implements AutoCloseable {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    ManualTimer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      tasks.add(task);
      return super.schedule(() -> {}, 0, unit);
    }

    /** Waits for the next task. */
    Runnable next() throws InterruptedException {
      return requireNonNull(tasks.poll(60, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
      shutdownNow();
    }
  }

  /** Opens an outbox in the place of the first, for which every acknowledgement comes late. */
  private EventOutbox impatient(ScheduledExecutorService retries) throws IOException {
    outbox.close();
    return new EventOutbox(
        EventJournal.open(folder), Metrics.none(), retries, Duration.ofMillis(10));
  }

  private CompletableFuture<Void> send(OutgoingMessage message) {
    underWay.add(message);
    CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
    acknowledgements.add(acknowledgement);
    return acknowledgement;
  }

  private static OutgoingMessage message(String id, String lane, EventClass eventClass) {
    return new OutgoingMessage(id, "out", lane, eventClass, Map.of("subject", lane), "{}");
  }

  private List<String> ids() {
    return underWay.stream().map(OutgoingMessage::id).toList();
  }

  @Test
  void add_severalOfOneInstance_oneUnderWayInOrder() {
    outbox.connected(this::send);
    for (String id : List.of("1", "2", "3")) {
      outbox.add(message(id, "camera", EventClass.OPERATIONAL));
    }
    assertThat(ids()).containsExactly("1");
    acknowledgements.get(0).complete(null);
    assertThat(ids()).containsExactly("1", "2");
    acknowledgements.get(1).complete(null);
    assertThat(ids()).containsExactly("1", "2", "3");
  }

  @Test
  void add_otherInstances_underWayBesideEachOther() {
    outbox.connected(this::send);
    outbox.add(message("a", "camera-1", EventClass.OPERATIONAL));
    outbox.add(message("b", "camera-2", EventClass.DIAGNOSTICS));
    assertThat(ids()).containsExactly("a", "b");
  }

  @Test
  void connected_afterAFailure_sameMessageFirst() {
    outbox.connected(this::send);
    outbox.add(message("1", "camera", EventClass.OPERATIONAL));
    outbox.add(message("2", "camera", EventClass.OPERATIONAL));
    outbox.disconnected();
    acknowledgements.get(0).completeExceptionally(new IOException("cancelled"));
    assertThat(ids()).containsExactly("1");
    outbox.connected(this::send);
    assertThat(ids()).containsExactly("1", "1");
  }

  @Test
  void open_afterAKill_operationalMessagesThatWereNotAcknowledged() throws IOException {
    outbox.connected(this::send);
    outbox.add(message("1", "camera", EventClass.OPERATIONAL));
    acknowledgements.get(0).complete(null);
    outbox.disconnected();
    outbox.add(message("2", "camera", EventClass.OPERATIONAL));
    outbox.add(message("lost", "camera", EventClass.DIAGNOSTICS));
    outbox.add(message("3", "camera", EventClass.OPERATIONAL));
    Files.writeString(
        folder.resolve("events.jsonl"), "{\"id\":\"4\",\"outp", UTF_8, StandardOpenOption.APPEND);

    EventJournal journal = EventJournal.open(folder);
    assertThat(journal.unsent())
        .containsExactly(
            message("2", "camera", EventClass.OPERATIONAL),
            message("3", "camera", EventClass.OPERATIONAL));
    underWay.clear();
    try (EventOutbox next = new EventOutbox(journal, Metrics.none(), timer, EventOutbox.PATIENCE)) {
      next.connected(this::send);
      assertThat(ids()).containsExactly("2");
    }
  }

  @Test
  void add_moreThanMayWait_oldestOfTheClassDroppedAndCounted() {
    outbox.add(message("kept", "camera", EventClass.OPERATIONAL));
    for (int i = 0; i < EventOutbox.MAXIMUM_WAITING + 5; i++) {
      outbox.add(message("d" + i, "camera", EventClass.DIAGNOSTICS));
    }
    assertThat(outbox.dropped()).isEqualTo(5);
    assertThat(counted).hasValue(5);
    assertThat(outbox.size()).isEqualTo(EventOutbox.MAXIMUM_WAITING + 1);
    outbox.connected(this::send);
    acknowledgements.get(0).complete(null);
    assertThat(ids()).containsExactly("kept", "d5");
  }

  @Test
  void add_acknowledgementNeverComes_sentAgain() throws Exception {
    CountDownLatch sent = new CountDownLatch(2);
    try (EventOutbox impatient = impatient(timer)) {
      impatient.connected(
          message -> {
            sent.countDown();
            return new CompletableFuture<>();
          });
      impatient.add(message("1", "camera", EventClass.OPERATIONAL));
      assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void add_acknowledgedAfterThePatience_nextGoes() throws Exception {
    try (ManualTimer retries = new ManualTimer();
        EventOutbox impatient = impatient(retries)) {
      impatient.add(message("1", "camera", EventClass.OPERATIONAL));
      impatient.add(message("2", "camera", EventClass.OPERATIONAL));
      impatient.connected(this::send);
      assertThat(retries.next()).isNotNull();
      acknowledgements.get(0).complete(null);
      assertThat(ids()).containsExactly("1", "2");
      assertThat(impatient.size()).isEqualTo(1);
    }
  }

  @Test
  void add_acknowledgedAfterARepetition_nextGoesOnce() throws Exception {
    try (ManualTimer retries = new ManualTimer();
        EventOutbox impatient = impatient(retries)) {
      impatient.add(message("1", "camera", EventClass.OPERATIONAL));
      impatient.add(message("2", "camera", EventClass.OPERATIONAL));
      impatient.connected(this::send);
      retries.next().run();
      assertThat(ids()).containsExactly("1", "1");
      acknowledgements.get(0).complete(null);
      assertThat(ids()).containsExactly("1", "1", "2");
      acknowledgements.get(1).complete(null);
      assertThat(ids()).containsExactly("1", "1", "2");
      assertThat(impatient.size()).isEqualTo(1);
    }
    assertThat(EventJournal.open(folder).unsent())
        .containsExactly(message("2", "camera", EventClass.OPERATIONAL));
  }

  @Test
  void close_acknowledgedAfterwards_sentByTheNextProcess() throws IOException {
    outbox.connected(this::send);
    outbox.add(message("1", "camera", EventClass.OPERATIONAL));
    outbox.close();
    acknowledgements.get(0).complete(null);
    assertThat(EventJournal.open(folder).unsent())
        .containsExactly(message("1", "camera", EventClass.OPERATIONAL));
  }

  @Test
  void add_tooLargeForTheHub_droppedAndTheNextGoes() {
    outbox.connected(this::send);
    String body = "\"" + "x".repeat(256 * 1024) + "\"";
    outbox.add(
        new OutgoingMessage("large", "out", "camera", EventClass.OPERATIONAL, Map.of(), body));
    outbox.add(message("next", "camera", EventClass.OPERATIONAL));
    assertThat(ids()).containsExactly("next");
    assertThat(outbox.dropped()).isEqualTo(1);
  }

  @Test
  void remove_manyMessages_fileDoesNotGrow() throws IOException {
    outbox.connected(message -> CompletableFuture.completedFuture(null));
    for (int i = 0; i < 2500; i++) {
      outbox.add(message("m" + i, "camera", EventClass.OPERATIONAL));
    }
    assertThat(outbox.size()).isZero();
    assertThat(Files.size(folder.resolve("events.jsonl"))).isLessThan(200_000);
  }
}
