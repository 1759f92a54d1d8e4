package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.event.EventClass;
import io.lva.event.EventRecord;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The events that wait for a listener, in order. The queue is bounded: when it is full, the oldest
 * event of the least important class is dropped.
 *
 * <p>Thread-safe; the lock is held only for a few memory accesses.
 */
final class EventQueue {
  private record Entry(long number, EventRecord event) {}

  private final int capacity;
  private final Map<EventClass, ArrayDeque<Entry>> waiting = new EnumMap<>(EventClass.class);

  @GuardedBy("this")
  private long nextNumber;

  @GuardedBy("this")
  private int size;

  @GuardedBy("this")
  private boolean closed;

  EventQueue(int capacity) {
    this.capacity = capacity;
    for (EventClass eventClass : EventClass.values()) {
      waiting.put(eventClass, new ArrayDeque<>());
    }
  }

  /** Adds an event and returns what was dropped to make room: an older event, or this one. */
  synchronized Optional<EventRecord> add(EventRecord event) {
    if (closed) {
      return Optional.of(event);
    }
    queue(event.event().eventClass()).addLast(new Entry(nextNumber++, event));
    notifyAll();
    if (size < capacity) {
      size++;
      return Optional.empty();
    }
    for (EventClass eventClass : EventClass.values()) {
      Entry oldest = queue(eventClass).pollFirst();
      if (oldest != null) {
        return Optional.of(oldest.event());
      }
    }
    throw new IllegalStateException("a full queue is not empty");
  }

  /**
   * Waits for the next event and returns it, or empty when the queue is closed and everything was
   * taken.
   */
  synchronized Optional<EventRecord> take() throws InterruptedException {
    while (size == 0 && !closed) {
      wait();
    }
    return poll();
  }

  /** Closes the queue; the events in it can still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  @GuardedBy("this")
  private Optional<EventRecord> poll() {
    ArrayDeque<Entry> earliest = null;
    for (ArrayDeque<Entry> queue : waiting.values()) {
      Entry head = queue.peekFirst();
      if (head != null && (earliest == null || head.number() < earliest.getFirst().number())) {
        earliest = queue;
      }
    }
    if (earliest == null) {
      return Optional.empty();
    }
    size--;
    return Optional.of(earliest.removeFirst().event());
  }

  private ArrayDeque<Entry> queue(EventClass eventClass) {
    return waiting.computeIfAbsent(eventClass, any -> new ArrayDeque<>());
  }
}
