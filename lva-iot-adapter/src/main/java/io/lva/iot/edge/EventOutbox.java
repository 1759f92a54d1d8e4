package io.lva.iot.edge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.event.EventClass;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to the hub. Each is sent, repeatedly if necessary, until the hub has it.
 * Each graph instance has one message under way at a time, so that its messages keep their order.
 * Operational messages outlive the process. When too many messages of a class wait, the oldest are
 * dropped and counted.
 *
 * <p>Thread-safe.
 */
final class EventOutbox implements AutoCloseable {
  /** Bytes of the largest message that is sent: IoT Edge closes the connection on a larger one. */
  static final long LARGEST_MESSAGE = 256 * 1024 - 4096;

  static final int MAXIMUM_WAITING = 10_000;

  private static final System.Logger LOGGER = System.getLogger(EventOutbox.class.getName());
  private static final long MAXIMUM_BYTES = 32L << 20;
  private static final long RETRY_MILLIS = 1000;

  /** How long the hub may take to acknowledge a message before it is sent again. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Sends a message; completes when the hub has it. */
  @FunctionalInterface
  interface Sender extends Function<OutgoingMessage, CompletableFuture<Void>> {}

  private static final class Entry {
    private final OutgoingMessage message;

    /** Whether the message is under way; guarded by the outbox. */
    private boolean sending;

    Entry(OutgoingMessage message) {
      this.message = message;
    }
  }

  private final EventJournal journal;
  private final Metrics metrics;
  private final ScheduledExecutorService timer;
  private final Duration patience;

  @GuardedBy("this")
  private final Map<String, ArrayDeque<Entry>> lanes = new HashMap<>();

  @GuardedBy("this")
  private final Map<EventClass, Map<String, Entry>> waiting = new EnumMap<>(EventClass.class);

  @GuardedBy("this")
  private final Map<EventClass, Long> bytes = new EnumMap<>(EventClass.class);

  @GuardedBy("this")
  private @Nullable Sender sender;

  @GuardedBy("this")
  private long dropped;

  @GuardedBy("this")
  private boolean journalFails;

  /**
   * Creates an outbox with the messages that an earlier process left unsent.
   *
   * @param journal the journal, which is closed with the outbox
   * @param metrics counts what is dropped
   * @param timer runs the retries
   * @param patience how long to wait for an acknowledgment, which the client may have lost, before
   *     sending a message again
   */
  EventOutbox(
      EventJournal journal, Metrics metrics, ScheduledExecutorService timer, Duration patience) {
    this.journal = journal;
    this.metrics = metrics;
    this.timer = timer;
    this.patience = patience;
    for (EventClass each : EventClass.values()) {
      waiting.put(each, new LinkedHashMap<>());
      bytes.put(each, 0L);
    }
    journal.unsent().forEach(this::queue);
  }

  /** Adds a message; a message too large for the hub is dropped and counted. */
  synchronized void add(OutgoingMessage message) {
    if (message.size() > LARGEST_MESSAGE) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "An event of ''{0}'' for output ''{1}'' is dropped: it has {2} bytes and the hub takes"
              + " {3}",
          message.lane(),
          message.output(),
          message.size(),
          LARGEST_MESSAGE);
      countDropped(message);
      return;
    }
    if (message.eventClass() == EventClass.OPERATIONAL) {
      persist(() -> journal.add(message));
    }
    queue(message);
    makeRoom(message.eventClass());
    pump(message.lane());
  }

  /** Sends the messages that wait, and those still to come, through a new connection. */
  synchronized void connected(Sender newSender) {
    sender = newSender;
    for (String lane : List.copyOf(lanes.keySet())) {
      pump(lane);
    }
  }

  /** Holds messages back until there is a connection again. */
  synchronized void disconnected() {
    sender = null;
  }

  /** Returns how many messages were dropped since the process began. */
  synchronized long dropped() {
    return dropped;
  }

  /** Returns how many messages wait. */
  synchronized int size() {
    return waiting.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * Closes the outbox. The next process sends the operational messages that still wait, even those
   * whose acknowledgment arrives after this call.
   */
  @Override
  public synchronized void close() {
    sender = null;
    lanes.clear();
    persist(journal::close);
  }

  @GuardedBy("this")
  private void queue(OutgoingMessage message) {
    Entry entry = new Entry(message);
    lanes.computeIfAbsent(message.lane(), any -> new ArrayDeque<>()).addLast(entry);
    of(message.eventClass()).put(message.id(), entry);
    bytes.merge(message.eventClass(), message.size(), Long::sum);
  }

  @GuardedBy("this")
  private void makeRoom(EventClass eventClass) {
    while (of(eventClass).size() > MAXIMUM_WAITING
        || bytes.getOrDefault(eventClass, 0L) > MAXIMUM_BYTES) {
      Entry oldest =
          of(eventClass).values().stream().filter(entry -> !entry.sending).findFirst().orElse(null);
      if (oldest == null) {
        return;
      }
      forget(oldest);
      countDropped(oldest.message);
    }
  }

  /** Sends the next message of an instance, unless one of its messages is under way. */
  @GuardedBy("this")
  private void pump(String lane) {
    Sender to = sender;
    Entry next = first(lane);
    if (to == null || next == null || next.sending) {
      return;
    }
    next.sending = true;
    CompletableFuture<Void> acknowledged =
        to.apply(next.message).thenRun(() -> acknowledged(next)); // however late
    var unused =
        acknowledged
            .copy()
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    retryLater(next);
                  }
                });
  }

  /** Handles an acknowledgment, unless its message was already acknowledged or dropped. */
  private synchronized void acknowledged(Entry entry) {
    String lane = entry.message.lane();
    if (first(lane) == entry) {
      forget(entry);
      pump(lane);
    }
  }

  private synchronized void retryLater(Entry entry) {
    entry.sending = false;
    String lane = entry.message.lane();
    var unused = timer.schedule(() -> retry(lane), RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void retry(String lane) {
    pump(lane);
  }

  @GuardedBy("this")
  private @Nullable Entry first(String lane) {
    ArrayDeque<Entry> queue = lanes.get(lane);
    return queue == null ? null : queue.peekFirst();
  }

  @GuardedBy("this")
  private void forget(Entry entry) {
    OutgoingMessage message = entry.message;
    ArrayDeque<Entry> queue = lanes.get(message.lane());
    if (queue != null) {
      queue.remove(entry);
      if (queue.isEmpty()) {
        lanes.remove(message.lane());
      }
    }
    if (of(message.eventClass()).remove(message.id()) != null) {
      bytes.merge(message.eventClass(), -message.size(), Long::sum);
    }
    if (message.eventClass() == EventClass.OPERATIONAL) {
      persist(() -> journal.remove(message.id()));
    }
  }

  @GuardedBy("this")
  private Map<String, Entry> of(EventClass eventClass) {
    return waiting.computeIfAbsent(eventClass, any -> new LinkedHashMap<>());
  }

  @GuardedBy("this")
  private void countDropped(OutgoingMessage message) {
    dropped++;
    String eventClass = message.eventClass().text().toLowerCase(Locale.ROOT);
    metrics.counter(MetricNames.EVENTS_DROPPED, "event_class", eventClass).add(1);
  }

  /** A change of the journal. */
  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  /** Changes the journal; while the disk fails, messages are kept in memory only. */
  @GuardedBy("this")
  private void persist(Change change) {
    try {
      change.make();
      journalFails = false;
    } catch (IOException e) {
      if (!journalFails) {
        LOGGER.log(System.Logger.Level.WARNING, "Unsent events cannot be kept on the disk", e);
      }
      journalFails = true;
    }
  }
}
