package io.lva.asset.record;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes a segment durable with every group of pictures, and at least once per interval.
 *
 * <p>Confined to its writer lane; the work is done on a sync thread. While a sync of a segment
 * waits for its turn, no further one is requested, so a slow volume is synced less often.
 */
final class SegmentSync {
  /** A stream of only sync samples is not synced with every sample. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  private final Lane lane;
  private final long intervalNanos;
  private final SinkMetrics metrics;
  private final FaultReporter faults;
  private final AtomicBoolean failing = new AtomicBoolean();
  private Listener listener = (segment, bytes) -> {};
  private long lastNanos;
  private long lastGroupNanos;

  /** Told what has become durable. Called on a sync thread. */
  @FunctionalInterface
  interface Listener {
    /** Notes how many bytes of a segment are durable. */
    void durable(OpenSegment segment, long bytes);
  }

  SegmentSync(Lane lane, Duration interval, SinkMetrics metrics, FaultReporter faults) {
    this.lane = lane;
    this.intervalNanos = interval.toNanos();
    this.metrics = metrics;
    this.faults = faults;
    this.lastNanos = lane.clock().nanoTime();
    this.lastGroupNanos = lastNanos;
  }

  void whenDurable(Listener newListener) {
    listener = newListener;
  }

  /** Notes that parts were written; {@code group} is true when a group of pictures ended. */
  void written(OpenSegment segment, boolean group) {
    long now = lane.clock().nanoTime();
    if (group && now - lastGroupNanos >= SHORTEST_INTERVAL.toNanos()) {
      lastGroupNanos = now;
      request(segment);
    } else if (now - lastNanos >= intervalNanos) {
      request(segment);
    }
  }

  /** Requests a sync now. */
  void request(OpenSegment segment) {
    if (!segment.syncRequested().getAndSet(true)) {
      lastNanos = lane.clock().nanoTime();
      lane.sync(() -> force(segment));
    }
  }

  private void force(OpenSegment segment) {
    segment.syncRequested().set(false);
    long start = lane.clock().nanoTime();
    try {
      long bytes = segment.file().force();
      metrics.synced(lane.clock().nanoTime() - start);
      failing.set(false);
      faults.recovered();
      listener.durable(segment, bytes);
    } catch (IOException e) {
      // Linux drops the dirty pages of a failed fsync: what this file holds is not known. Where
      // all fail, another file is no better.
      if (!failing.getAndSet(true) || e instanceof NoSuchFileException) {
        segment.damaged();
      }
      metrics.storageError();
      faults.failed(e);
    }
  }
}
