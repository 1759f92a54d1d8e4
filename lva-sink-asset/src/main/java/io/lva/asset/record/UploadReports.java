package io.lva.asset.record;

import io.lva.asset.index.SegmentRow;
import io.lva.asset.upload.UploadListener;
import io.lva.asset.upload.UploadPolicy;
import io.lva.asset.upload.UploadStatus;
import io.lva.event.GraphEvent;
import io.lva.spi.Metrics;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Counts what happens to the uploads of one asset, and reports to the integrator what an operator
 * needs to know.
 *
 * <p>Thread-safe.
 */
final class UploadReports implements UploadListener {
  /** A segment that waits longer than this is reported. */
  static final Duration OVERDUE = Duration.ofMinutes(10);

  private static final System.Logger LOGGER = System.getLogger(UploadReports.class.getName());

  private final String asset;
  private final String store;
  private final UploadPolicy policy;
  private final FaultReporter faults;
  private final Metrics.Counter uploadedBytes;
  private final Metrics.Counter evictedBytes;
  private final Metrics.Counter supersededBytes;
  private final Consumer<GraphEvent> events;
  private final AtomicBoolean overdue = new AtomicBoolean();

  UploadReports(
      String asset, URI store, UploadPolicy policy, Metrics metrics, Consumer<GraphEvent> events) {
    this.asset = asset;
    this.store = store.toString();
    this.policy = policy;
    this.events = events;
    faults = new FaultReporter(this.store, "uploading", events, policy.clock());
    uploadedBytes = metrics.counter("lva.upload.bytes");
    evictedBytes = metrics.counter("lva.upload.evicted.bytes");
    supersededBytes = metrics.counter("lva.upload.superseded.bytes");
  }

  @Override
  public void published(SegmentRow row) {
    uploadedBytes.add(row.sizeBytes());
  }

  @Override
  public void evicted(SegmentRow row) {
    evictedBytes.add(row.sizeBytes());
    events.accept(
        new GraphEvent.DataDropped(
            "video",
            "the local media cache is full and the store does not keep up: "
                + row.file()
                + " was deleted before it was uploaded"));
  }

  @Override
  public void superseded(SegmentRow row) {
    supersededBytes.add(row.sizeBytes());
    LOGGER.log(
        System.Logger.Level.WARNING,
        "asset {0}: {1} was recorded after another recorder had taken over; it is kept in the local"
            + " media cache and not published",
        asset,
        row.file());
  }

  @Override
  public void failed(IOException failure) {
    faults.failed(failure);
  }

  @Override
  public void recovered() {
    faults.recovered();
  }

  /**
   * Reports once that the backlog is too large, and again only after it has fallen to half the
   * limit.
   */
  @Override
  public void progressed(UploadStatus status) {
    if (exceeds(status, 1)) {
      if (!overdue.getAndSet(true)) {
        events.accept(new GraphEvent.StorageError(store, "uploadBacklog", describe(status)));
        LOGGER.log(System.Logger.Level.WARNING, store + ": " + describe(status));
      }
    } else if (!exceeds(status, 2) && overdue.getAndSet(false)) {
      LOGGER.log(System.Logger.Level.INFO, "{0}: the uploads of {1} keep up again", store, asset);
    }
  }

  /**
   * Returns whether the backlog exceeds the longest age or half the cache, each divided by {@code
   * part}.
   */
  private boolean exceeds(UploadStatus status, int part) {
    return status.backlogAge().compareTo(OVERDUE.dividedBy(part)) > 0
        || status.backlogBytes() > policy.maximumBytes() / 2 / part;
  }

  private String describe(UploadStatus status) {
    return "asset "
        + asset
        + ": "
        + (status.backlogBytes() >> 20)
        + " MiB wait for the store, the oldest for "
        + status.backlogAge().toSeconds()
        + " s ("
        + status.state()
        + "); the local media cache holds "
        + (policy.maximumBytes() >> 20)
        + " MiB, then the oldest media is deleted";
  }
}
