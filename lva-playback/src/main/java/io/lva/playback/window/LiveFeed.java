package io.lva.playback.window;

import io.lva.asset.LiveAsset;
import io.lva.asset.LiveAssets;
import io.lva.asset.LiveSource;
import io.lva.media.GapCause;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The newest end of an asset that this process records. This is the seam between playback and a
 * recorder.
 *
 * <p>Implementations are thread-safe.
 */
public interface LiveFeed {
  /**
   * Returns what is there now. The call is cheap when nothing has changed.
   *
   * @return the newest segments
   */
  LiveAsset.Snapshot snapshot();

  /**
   * Asks to be told of changes.
   *
   * @param listener called on the thread that writes; it must return at once
   * @return a handle that ends the calls
   */
  LiveAsset.Subscription subscribe(Runnable listener);

  /** Finds the feed of an asset by its folder. */
  @FunctionalInterface
  interface Finder {
    /**
     * Finds the feed.
     *
     * @param folder of the asset
     * @return the feed, equal for the same recording and different for the next; empty when this
     *     process does not record the asset
     */
    Optional<LiveFeed> find(String folder);

    /**
     * Returns what this process records, for readers.
     *
     * @return the registry, which is empty where this process has no recorder
     */
    default LiveAssets recorders() {
      return LiveAssets.empty();
    }

    /**
     * Returns why an asset that this process is about to record, for the first time or again, has
     * no media.
     *
     * @param store of the asset
     * @param folder of the asset
     * @return the causes (an empty list when none is known), or empty when nobody waits for media
     */
    default Optional<List<GapCause>> awaited(URI store, String folder) {
      return recorders().awaited(store, folder);
    }

    /**
     * Returns where a reader finds the newest segments.
     *
     * @param folder of the asset
     * @return the recorder, or empty to let the reader look in {@link #recorders}
     */
    default Optional<LiveSource> source(String folder) {
      return Optional.empty();
    }
  }

  /**
   * Finds what the sinks of a runtime record.
   *
   * @param store as it was given to the runtime
   * @param recorders of the runtime
   */
  record OfRecorders(URI store, LiveAssets recorders) implements Finder {
    @Override
    public Optional<LiveFeed> find(String folder) {
      return recorders.findByFolder(store, folder).map(OfRecorder::new);
    }
  }

  /**
   * The feed of a recorder. Feeds of the same recording are equal.
   *
   * @param asset what the recorder writes
   */
  record OfRecorder(LiveAsset asset) implements LiveFeed {
    /**
     * Creates the feed.
     *
     * @param asset what the recorder writes
     */
    public OfRecorder {}

    @Override
    public LiveAsset.Snapshot snapshot() {
      return asset.snapshot();
    }

    @Override
    public LiveAsset.Subscription subscribe(Runnable listener) {
      return asset.subscribe(changed -> listener.run());
    }
  }
}
