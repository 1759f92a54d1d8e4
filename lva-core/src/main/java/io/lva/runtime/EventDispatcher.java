package io.lva.runtime;

import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Hands events to one listener on its own thread, so that no other listener waits. Thread-safe. */
final class EventDispatcher implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(EventDispatcher.class.getName());
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final EventListener listener;
  private final Metrics metrics;
  private final EventQueue queue;
  private final Thread thread;

  EventDispatcher(EventListener listener, int capacity, Metrics metrics) {
    this.listener = listener;
    this.metrics = metrics;
    queue = new EventQueue(capacity);
    thread = new Thread(this::run, "lva-events");
    thread.setDaemon(true);
  }

  EventDispatcher started() {
    thread.start();
    return this;
  }

  void dispatch(EventRecord event) {
    queue.add(event).ifPresent(this::lost);
  }

  /** Waits at most five seconds for the listener to handle the events in the queue. */
  @Override
  public void close() {
    queue.close();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void lost(EventRecord event) {
    String eventClass = event.event().eventClass().text().toLowerCase(Locale.ROOT);
    metrics.counter(MetricNames.EVENTS_DROPPED, "event_class", eventClass).add(1);
  }

  private void run() {
    Optional<EventRecord> next = take();
    while (next.isPresent()) {
      deliver(next.get());
      next = take();
    }
  }

  /** Only the end of the queue ends delivery; a listener may leave its thread interrupted. */
  private Optional<EventRecord> take() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        LOGGER.log(System.Logger.Level.DEBUG, "A listener left its thread interrupted", e);
      }
    }
  }

  private void deliver(EventRecord event) {
    try {
      listener.event(event);
    } catch (RuntimeException | Error e) {
      // Whatever it was: later events are for this listener, too.
      LOGGER.log(System.Logger.Level.WARNING, "The listener failed on " + event.eventType(), e);
    }
  }
}
