package io.lva.asset.record;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.SegmentRow;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import io.lva.media.Gap;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What a recording does with an open asset: files, index, playback, events and metrics.
 *
 * <p>Called on the writer lane, except for methods marked as thread-safe.
 */
final class AssetOutput implements QueueWriter.Output {
  private static final System.Logger LOGGER = System.getLogger(AssetOutput.class.getName());

  private final AssetFolder folder;
  private final Archivist archivist;
  private final SegmentSync sync;
  private final LiveEnd live;
  private final SinkMetrics metrics;
  private final Consumer<GraphEvent> events;
  private final Runnable closed;
  private final AtomicBoolean available = new AtomicBoolean();
  private boolean published;
  private final AnnouncedGaps announced = new AnnouncedGaps();
  private CompletableFuture<Void> checked = CompletableFuture.completedFuture(null);
  private Optional<Instant> mediaEnd = Optional.empty();

  AssetOutput(
      AssetFolder folder,
      Archivist archivist,
      SegmentSync sync,
      LiveEnd live,
      SinkMetrics metrics,
      Consumer<GraphEvent> events,
      Runnable closed) {
    this.folder = folder;
    this.archivist = archivist;
    this.sync = sync;
    this.live = live;
    this.metrics = metrics;
    this.events = events;
    this.closed = closed;
    sync.whenDurable(this::durable);
  }

  /**
   * Reports the recording as available once its first segment is in the store, if the asset is
   * recorded to a spool. Called once.
   */
  void publishedTo(OpenAsset asset, AssetHistory history) {
    published =
        asset.whenPublished(
            row -> {
              if (row.runNumber() >= history.runs()) {
                available(row.end());
              }
            });
  }

  /** Begins to check what the asset holds, unless it is new. Called once. */
  void check(Lane lane, AssetHistory history) {
    if (history.end().isPresent()) {
      checked = new CompletableFuture<>();
      lane.background(this::check);
    }
  }

  private void check() {
    try {
      int rows = folder.checkRest();
      if (rows > 0) {
        LOGGER.log(System.Logger.Level.INFO, "{0}: {1} rows of the index restored", name(), rows);
      }
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, name() + ": the index was not checked", e);
    } finally {
      checked.complete(null);
    }
  }

  private String name() {
    return folder.name();
  }

  @Override
  public OpenSegment open(SegmentHead head) throws IOException {
    return OpenSegment.create(folder, head);
  }

  @Override
  public void written(OpenSegment segment, Batch batch, boolean first, boolean group) {
    if (first) {
      live.segmentOpened(segment.live());
      segment.head().origin().gaps().forEach(gap -> closeGap(gap, false));
    }
    batch.bridged().forEach(gap -> closeGap(gap, true));
    if (first) {
      announced.takeBefore(start(batch)).forEach(this::closeMerged);
    }
    live.partsWritten(batch.written(), batch.bridged());
    Part last = batch.parts().get(batch.parts().size() - 1);
    metrics.written(batch.mediaBytes(), OpenSegment.endNanos(last));
    sync.written(segment, group);
  }

  @Override
  public void complete(OpenSegment segment) {
    archivist.complete(segment, this::completed);
  }

  @Override
  public void end(Gap gap, Optional<Instant> lastEnd) {
    mediaEnd = lastEnd;
    announced.closed(gap);
    List<Gap> merged = announced.takeBefore(Instant.MAX);
    merged.forEach(this::closeMerged);
    lastEnd.ifPresent(instant -> gapOpened(Gaps.openAt(Gaps.after(merged, gap), instant)));
    archivist.close(checked, this::closed);
  }

  /** Returns whether all media is in complete files, and all rows in the index. Thread-safe. */
  boolean isWritten() {
    return archivist.isDone();
  }

  /** Ends the check of the asset's earlier content; the next recording repeats it. Thread-safe. */
  void abandonCheck() {
    folder.abandonCheck();
  }

  @Override
  public void late() {
    metrics.late();
  }

  @Override
  public void failed() {
    metrics.storageError();
  }

  /** Makes a gap visible while it lasts. Thread-safe. */
  void gapOpened(Gap gap) {
    announced.opened(gap);
    live.gapOpened(gap);
    archivist.append(new GapOpenRow(gap));
  }

  /** Closes a gap in which nothing turned out to be missing. Thread-safe. */
  void gapClosed(Gap gap) {
    announced.closed(gap);
    live.gapClosed(gap);
    archivist.append(new GapCloseRow(gap, true));
  }

  /** Closes a gap that became part of another, which includes its time and causes. */
  private void closeMerged(Gap gap) {
    gapClosed(Gaps.bounded(gap, gap.start(), gap.start()));
  }

  private void closeGap(Gap gap, boolean bridged) {
    announced.closed(gap);
    metrics.gap(gap);
    live.gapClosed(gap);
    archivist.append(new GapCloseRow(gap, bridged));
  }

  private static Instant start(Batch batch) {
    Part first = batch.parts().get(0);
    return Utc.instant(first.decodeTime(), first.track().timescale());
  }

  private void durable(OpenSegment segment, long bytes) {
    if (!published && segment.isPlayable(bytes)) {
      segment.playableUntil().ifPresent(this::available);
    }
  }

  private void completed(SegmentRow row) {
    live.segmentRenamed(row.file());
    if (!published) {
      available(row.end());
    }
  }

  private void available(Instant until) {
    if (!available.getAndSet(true)) {
      events.accept(new GraphEvent.RecordingAvailable(output(), until));
    }
  }

  private void closed() {
    live.ended();
    metrics.close();
    mediaEnd.ifPresent(
        instant -> events.accept(new GraphEvent.RecordingStopped(output(), instant)));
    closed.run();
  }

  private RecordingOutput output() {
    return new RecordingOutput(RecordingOutput.Type.ASSET_NAME, folder.name());
  }
}
