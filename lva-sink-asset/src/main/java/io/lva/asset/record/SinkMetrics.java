package io.lva.asset.record;

import io.lva.asset.upload.UploadStatus;
import io.lva.media.Gap;
import io.lva.spi.Clock;
import io.lva.spi.MetricNames;
import io.lva.spi.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The metrics of a recording.
 *
 * <p>Thread-safe.
 */
final class SinkMetrics implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final Metrics metrics;
  private final Metrics.Counter bytes;
  private final Metrics.Counter writes;
  private final Metrics.Counter dataDropped;
  private final Metrics.Counter droppedGroups;
  private final Metrics.Counter droppedBytes;
  private final Metrics.Counter lateSamples;
  private final Metrics.Counter syncs;
  private final Metrics.Counter syncMicroseconds;
  private final Metrics.Counter storageErrors;
  private final Metrics.Registration lag;
  private final Metrics.Registration queued;
  private final List<Metrics.Registration> uploads;
  private volatile Supplier<UploadStatus> upload = () -> UploadStatus.NONE;
  private volatile long newestNanos;

  SinkMetrics(Metrics metrics, Clock clock, LongSupplier queuedBytes) {
    this.metrics = metrics;
    bytes = metrics.counter("lva.recording.bytes");
    writes = metrics.counter("lva.recording.writes");
    dataDropped = metrics.counter(MetricNames.DATA_DROPPED, "data_kind", "video");
    droppedGroups = metrics.counter("lva.recording.dropped.groups");
    droppedBytes = metrics.counter("lva.recording.dropped.bytes");
    lateSamples = metrics.counter("lva.recording.late.samples");
    syncs = metrics.counter("lva.recording.syncs");
    syncMicroseconds = metrics.counter("lva.recording.sync.microseconds");
    storageErrors = metrics.counter("lva.recording.storage.errors");
    newestNanos = clock.utcNanos();
    lag =
        metrics.gauge(
            MetricNames.RECORDING_LAG_SECONDS, () -> (clock.utcNanos() - newestNanos) / NANOS);
    queued = metrics.gauge("lva.recording.queued.bytes", queuedBytes::getAsLong);
    uploads =
        List.of(
            metrics.gauge(MetricNames.UPLOAD_BACKLOG_BYTES, () -> upload.get().backlogBytes()),
            metrics.gauge(
                MetricNames.UPLOAD_BACKLOG_SECONDS,
                () -> upload.get().backlogAge().toNanos() / NANOS),
            metrics.gauge(MetricNames.UPLOAD_STATE, () -> number(upload.get().state())),
            metrics.gauge("lva.upload.copies.bytes", () -> upload.get().copiesBytes()));
  }

  private static int number(UploadStatus.State state) {
    return switch (state) {
      case UP_TO_DATE -> 0;
      case UPLOADING -> 1;
      case STORE_AWAY -> 2;
      case ACCESS_DENIED -> 3;
      case TAKEN_OVER -> 4;
    };
  }

  /** Sets the supplier of the upload backlog; without it, the backlog is reported as empty. */
  void uploads(Supplier<UploadStatus> status) {
    upload = status;
  }

  void written(long byteCount, long newestUtcNanos) {
    bytes.add(byteCount);
    writes.add(1);
    newestNanos = newestUtcNanos;
  }

  void dropped(GopQueue.Dropped dropped) {
    droppedGroups.add(dropped.groups());
    dataDropped.add(dropped.groups());
    droppedBytes.add(dropped.bytes());
  }

  void late() {
    lateSamples.add(1);
  }

  void synced(long nanos) {
    syncs.add(1);
    syncMicroseconds.add(nanos / 1000);
  }

  void storageError() {
    storageErrors.add(1);
  }

  /** Counts the milliseconds of a closed gap; an overlap counts as zero. */
  void gap(Gap gap) {
    long millis = gap.end().map(end -> Duration.between(gap.start(), end).toMillis()).orElse(0L);
    metrics
        .counter(MetricNames.GAP_MILLISECONDS, "cause", gap.causes().get(0).text())
        .add(Math.max(0, millis));
  }

  @Override
  public void close() {
    lag.close();
    queued.close();
    uploads.forEach(Metrics.Registration::close);
  }
}
