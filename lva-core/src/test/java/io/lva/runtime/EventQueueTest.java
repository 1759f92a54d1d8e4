package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.event.EventRecord;
import io.lva.event.EventSource;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import io.lva.spi.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static EventRecord operational(int number) {
    var output = new RecordingOutput(RecordingOutput.Type.ASSET_NAME, "o" + number);
    return record(new GraphEvent.RecordingStarted(output, Instant.EPOCH));
  }

  private static EventRecord diagnostic(int number) {
    return record(new GraphEvent.MediaSessionEstablished("d" + number));
  }

  private static EventRecord record(GraphEvent event) {
    return EventRecord.of(EventSource.ofInstance("/t", "camera1"), Instant.EPOCH, event);
  }

  private static List<String> drain(EventQueue queue) throws InterruptedException {
    queue.close();
    List<String> names = new ArrayList<>();
    for (var next = queue.take(); next.isPresent(); next = queue.take()) {
      names.add(name(next.get()));
    }
    return names;
  }

  private static String name(EventRecord event) {
    return event.event() instanceof GraphEvent.MediaSessionEstablished established
        ? established.sdp()
        : ((GraphEvent.RecordingStarted) event.event()).output().location();
  }

  @Test
  void take_classesMixed_inOrder() throws InterruptedException {
    EventQueue queue = new EventQueue(10);
    queue.add(diagnostic(1));
    queue.add(operational(2));
    queue.add(diagnostic(3));
    assertThat(drain(queue)).containsExactly("d1", "o2", "d3");
  }

  @Test
  void add_full_losesOldestDiagnosticFirst() throws InterruptedException {
    EventQueue queue = new EventQueue(3);
    queue.add(operational(1));
    queue.add(diagnostic(2));
    queue.add(diagnostic(3));
    assertThat(queue.add(operational(4)).map(EventQueueTest::name)).contains("d2");
    assertThat(queue.add(operational(5)).map(EventQueueTest::name)).contains("d3");
    assertThat(queue.add(operational(6)).map(EventQueueTest::name)).contains("o1");
    assertThat(queue.add(diagnostic(7)).map(EventQueueTest::name)).contains("d7");
    assertThat(drain(queue)).containsExactly("o4", "o5", "o6");
  }

  @Test
  void dispatch_listenerStuckAndFailing_publisherNeverWaitsAndLossIsCounted()
      throws InterruptedException {
    Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(3);
    EventDispatcher dispatcher =
        new EventDispatcher(
                event -> {
                  begun.countDown();
                  await(stuck);
                  all.countDown();
                  throw new IllegalStateException("a bad listener");
                },
                2,
                counting(counts))
            .started();
    dispatcher.dispatch(operational(0));
    begun.await();
    for (int i = 0; i < 1000; i++) {
      dispatcher.dispatch(diagnostic(i));
      dispatcher.dispatch(operational(i));
    }
    stuck.countDown();
    all.await();
    dispatcher.close();
    assertThat(sum(counts, "diagnostics")).isGreaterThan(990);
    assertThat(sum(counts, "operational")).isGreaterThan(990);
  }

  private static long sum(Map<String, LongAdder> counts, String eventClass) {
    return counts.getOrDefault(eventClass, new LongAdder()).sum();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Metrics counting(Map<String, LongAdder> counts) {
    return new Metrics() {
      @Override
      public Counter counter(String name, String... tags) {
        return counts.computeIfAbsent(tags[1], any -> new LongAdder())::add;
      }

      @Override
      public Registration gauge(String name, DoubleSupplier value, String... tags) {
        return () -> {};
      }
    };
  }

  @Test
  void dispatch_listenerThatLeavesItsThreadInterrupted_getsTheNextEvent()
      throws InterruptedException {
    CountDownLatch second = new CountDownLatch(2);
    try (EventDispatcher dispatcher =
        new EventDispatcher(
                event -> {
                  second.countDown();
                  Thread.currentThread().interrupt();
                },
                10,
                Metrics.none())
            .started()) {
      dispatcher.dispatch(operational(1));
      dispatcher.dispatch(operational(2));
      assertThat(second.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void dispatch_listenerThatFailsWithAnError_getsTheNextEvent() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(2);
    try (EventDispatcher dispatcher =
        new EventDispatcher(
                event -> {
                  second.countDown();
                  throw new AssertionError("a listener's own");
                },
                10,
                Metrics.none())
            .started()) {
      dispatcher.dispatch(operational(1));
      dispatcher.dispatch(operational(2));
      assertThat(second.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
