package io.lva.asset.record;

import io.lva.asset.LiveAssets;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.media.MediaBudget;
import io.lva.media.SampleConsumer;
import io.lva.media.SlabPool;
import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import io.lva.spi.Metrics;
import java.time.Duration;
import java.util.Optional;

/** An asset sink whose writer lane runs on the thread of the caller. */
public final class InlineSink {
  private InlineSink() {}

  /**
   * Starts recording.
   *
   * @param assetName a new asset
   * @param store the store to record to
   * @param slabs memory of the samples
   * @return the sink, which records samples; confined to one thread
   */
  public static SampleConsumer recording(String assetName, DiskAssetStore store, SlabPool slabs) {
    RecorderOptions options = RecorderOptions.defaults();
    SinkServices services =
        new SinkServices(
            store,
            name -> OpenAsset.inPlace(AssetFolder.open(store, name, Clock.system())),
            store.root().toUri(),
            LiveAssets.empty(),
            new InlineLane(),
            new MediaBudget(slabs),
            options,
            Metrics.none(),
            event -> {},
            0);
    return new AssetRecorder(
        options.partLength(),
        new InlineLoop(),
        start -> new RecordingSession(services, assetName, Optional.empty(), Optional.empty()));
  }

  /** A loop without timers, which only gaps need. */
  private static final class InlineLoop implements MediaLoop {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public Clock clock() {
      return Clock.system();
    }
  }
}
