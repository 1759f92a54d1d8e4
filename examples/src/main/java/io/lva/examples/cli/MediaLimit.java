package io.lva.examples.cli;

import io.lva.asset.LiveAsset;
import io.lva.asset.LiveAssets;
import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the media that each instance has written, and says when it is enough.
 *
 * <p>Thread-safe.
 */
final class MediaLimit implements EventListener, AutoCloseable {
  /** No limit, in which case nothing is counted. */
  static final Duration NONE = Duration.ofSeconds(Long.MAX_VALUE / 1_000_000_000L);

  private final Duration limit;
  private final Consumer<String> reached;
  private final Map<String, Count> counts = new HashMap<>();
  private @Nullable Recorders recorders;

  /** What a runtime records, and the store that it records to. */
  private record Recorders(URI store, LiveAssets live) {}

  /**
   * Creates a limit that calls {@code reached} once for each instance, with its name, on the thread
   * that writes media or delivers events.
   */
  MediaLimit(Duration limit, Consumer<String> reached) {
    this.limit = limit;
    this.reached = reached;
  }

  /** Sets the runtime whose recordings are counted. */
  synchronized void watch(URI store, LiveAssets live) {
    recorders = new Recorders(store, live);
  }

  @Override
  public synchronized void event(EventRecord record) {
    if (limit.equals(NONE)) {
      return;
    }
    if (record.event() instanceof GraphEvent.RecordingStarted started) {
      count(record.instance(), started.output());
    } else if (record.event() instanceof GraphEvent.RecordingAvailable available) {
      count(record.instance(), available.output()); // one that is being opened when it starts
    }
  }

  private void count(String instance, RecordingOutput output) {
    Recorders some = recorders;
    if (some == null) {
      return;
    }
    some.live()
        .find(some.store(), output.location())
        .ifPresent(live -> counts.computeIfAbsent(instance, name -> new Count(name)).follow(live));
  }

  @Override
  public synchronized void close() {
    counts.values().forEach(Count::close);
  }

  /** What one instance has written. */
  private final class Count {
    private final String instance;
    private Optional<LiveAsset.Subscription> subscription = Optional.empty();
    private int run = -1;
    private int sequence;
    private int partsSeen;
    private long nanos;
    private boolean done;

    Count(String instance) {
      this.instance = instance;
    }

    void follow(LiveAsset live) {
      close();
      subscription = Optional.of(live.subscribe(this::update));
      update(live);
    }

    void close() {
      subscription.ifPresent(LiveAsset.Subscription::close);
    }

    private synchronized void update(LiveAsset live) {
      for (LiveSegment each : live.snapshot().segments()) {
        int order = order(each);
        if (order > 0) {
          run = each.runNumber();
          sequence = each.sequence();
          partsSeen = 0;
        }
        if (order >= 0) {
          each.parts().stream().skip(partsSeen).forEach(part -> nanos += nanosOf(each, part));
          partsSeen = each.parts().size();
        }
      }
      if (!done && nanos >= limit.toNanos()) {
        done = true;
        reached.accept(instance);
      }
    }

    /**
     * Compares, in the order of recording, a segment with the newest one that was counted. Names do
     * not show that order, because they follow UTC, which can be set back.
     */
    private int order(LiveSegment segment) {
      return segment.runNumber() == run
          ? Integer.compare(segment.sequence(), sequence)
          : Integer.compare(segment.runNumber(), run);
    }

    /**
     * Returns the duration of a part of the first track, the master, in nanoseconds; 0 for a part
     * of another track.
     */
    private static long nanosOf(LiveSegment segment, LivePart part) {
      var master = segment.tracks().get(0);
      return part.trackId() == master.id()
          ? part.durationTicks() * 1_000_000_000L / master.timescale()
          : 0;
    }
  }
}
