package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.LiveAsset;
import io.lva.asset.index.RunId;
import io.lva.event.GraphEvent;
import io.lva.media.Gap;
import io.lva.media.MediaBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One recording, from its first sample to its last file. Media waits in the queue while the asset
 * is being opened, which is retried for as long as it takes.
 *
 * <p>Thread-safe.
 */
final class RecordingSession implements Recording {
  private static final System.Logger LOGGER = System.getLogger(RecordingSession.class.getName());
  private static final int MOST_WAITING_GAPS = 16;
  private static final String NOT_WRITTEN = "notWritten";

  private final SinkServices services;
  private final String assetName;
  private final MediaBudget.Share share;
  private final GopQueue queue;
  private final SinkMetrics metrics;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  @GuardedBy("waitingGaps")
  private final Deque<Gap> waitingGaps = new ArrayDeque<>();

  private volatile @Nullable OpenAsset opened;
  private volatile @Nullable QueueWriter writer;
  private volatile @Nullable AssetOutput recording;

  /**
   * Begins a recording.
   *
   * @param services what the recording uses
   * @param assetName the resolved name
   * @param open the asset, if it is already open
   * @param previous an earlier recording of this sink to the same asset, which may not have ended
   *     yet
   */
  RecordingSession(
      SinkServices services,
      String assetName,
      Optional<OpenAsset> open,
      Optional<RecordingSession> previous) {
    this.services = services;
    this.assetName = assetName;
    this.share = services.budget().take();
    this.queue = new GopQueue(share::limitBytes);
    this.metrics = new SinkMetrics(services.metrics(), services.lane().clock(), queue::usedBytes);
    if (open.isPresent()) {
      begin(open.get());
    } else {
      openAfter(previous);
    }
  }

  /**
   * Opens the asset once the previous recording, if any, has ended and freed it; media waits until
   * then.
   */
  private void openAfter(Optional<RecordingSession> previous) {
    RetryQueue opening = new RetryQueue(services.lane(), faults("opening the asset"));
    previous.ifPresent(RecordingSession::giveWay);
    CompletableFuture<Void> unused =
        previous
            .map(RecordingSession::finished)
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .thenRun(() -> opening.add(this::open));
  }

  /** Ends the check of the asset's content, because another recording is waiting for the asset. */
  private void giveWay() {
    AssetOutput some = recording;
    if (some != null) {
      some.abandonCheck();
    }
  }

  /** Returns whether this records to an asset and has not ended. */
  boolean holds(String name) {
    return assetName.equals(name) && !finished.isDone();
  }

  /** Completes when everything is in the asset. */
  CompletableFuture<Void> finished() {
    return finished;
  }

  /**
   * Stops waiting for a store that does not answer and for the check of a large asset. What a spool
   * holds is published later.
   */
  void abandon() {
    OpenAsset asset = opened;
    if (asset != null) {
      asset.abandon();
    }
    AssetOutput some = recording;
    if (some != null) {
      some.abandonCheck();
    }
    if (some == null || !some.isWritten()) {
      tellNotWritten();
    }
  }

  private void tellNotWritten() {
    long bytes = queue.usedBytes();
    String what =
        bytes == 0
            ? "its last file was complete; the next recording completes it"
            : bytes + " bytes of media were written";
    String reason = "asset " + assetName + ": the deadline of the stop came before " + what;
    LOGGER.log(System.Logger.Level.ERROR, reason);
    String store = services.store().root().toString();
    services.events().accept(new GraphEvent.StorageError(store, NOT_WRITTEN, reason));
  }

  @Override
  public GopQueue queue() {
    return queue;
  }

  @Override
  public void ready() {
    QueueWriter some = writer;
    if (some != null) {
      services.lane().ready(some);
    }
  }

  @Override
  public void gapOpened(Gap gap) {
    AssetOutput some = recording;
    if (some != null) {
      some.gapOpened(gap);
      return;
    }
    synchronized (waitingGaps) {
      if (waitingGaps.size() < MOST_WAITING_GAPS) {
        waitingGaps.addLast(gap);
      }
    }
  }

  @Override
  public void gapClosed(Gap gap) {
    AssetOutput some = recording;
    if (some != null) {
      some.gapClosed(gap);
    }
  }

  @Override
  public void dropped(GopQueue.Dropped dropped) {
    metrics.dropped(dropped);
    if (dropped.first()) {
      String reason =
          "asset " + assetName + ": the disk does not keep up, groups of pictures are dropped";
      LOGGER.log(System.Logger.Level.WARNING, reason);
      services.events().accept(new GraphEvent.DataDropped("video", reason));
      gapOpened(dropped.gap());
    }
  }

  @Override
  public void late() {
    metrics.late();
  }

  private void open() throws IOException {
    begin(services.opener().open(assetName));
  }

  private void begin(OpenAsset asset) {
    opened = asset;
    Lane lane = services.lane();
    LiveEnd live = new LiveEnd(assetName);
    Archivist archivist =
        new Archivist(
            lane,
            asset,
            new RetryQueue(lane, faults("completing a segment")),
            new RetryQueue(lane, faults("writing the index")));
    SegmentSync sync =
        new SegmentSync(lane, services.options().syncInterval(), metrics, faults("syncing"));
    AssetOutput some =
        new AssetOutput(
            asset.folder(), archivist, sync, live, metrics, services.events(), () -> closed(live));
    AssetHistory history = asset.history();
    SegmentPlanner planner =
        new SegmentPlanner(
            services.options().segmentLength(), firstLength(), history, RunId::random);
    metrics.uploads(asset::uploads);
    some.publishedTo(asset, history);
    some.check(lane, history);
    services.live().add(services.storeUri(), live);
    recording = some;
    writer = new QueueWriter(lane, queue, planner, some, faults("writing"));
    tellWaitingGaps(some);
    ready();
  }

  private void tellWaitingGaps(AssetOutput some) {
    synchronized (waitingGaps) {
      waitingGaps.forEach(some::gapOpened);
      waitingGaps.clear();
    }
  }

  private void closed(LiveAsset live) {
    services.live().remove(services.storeUri(), live);
    share.close();
    finished.complete(null);
  }

  /**
   * Returns the length of the first segment. It differs between sinks, so that sinks that begin
   * together do not all end it at the same time.
   */
  private Duration firstLength() {
    long length = services.options().segmentLength().toNanos();
    long fraction = Integer.toUnsignedLong(Integer.reverse(services.ordinal())) >> 16;
    return Duration.ofNanos(length - (length >> 17) * fraction);
  }

  private FaultReporter faults(String what) {
    return new FaultReporter(
        services.store().root().toString(), what, services.events(), services.lane().clock());
  }
}
