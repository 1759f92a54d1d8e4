package io.lva.playback;

import io.lva.asset.LiveAsset;
import io.lva.asset.LiveSource;
import java.util.Optional;

/**
 * The newest end of an asset that this process records. The seam between play-back and a recorder.
 *
 * <p>Implementations are thread-safe.
 */
interface LiveFeed {
  /** Returns what is there now; cheap when nothing changed. */
  LiveAsset.Snapshot snapshot();

  /** Asks to be told of changes, on the thread that writes: the listener must return at once. */
  LiveAsset.Subscription subscribe(Runnable listener);

  /** Finds the feed of an asset by its folder; empty when this process does not record it. */
  @FunctionalInterface
  interface Finder {
    /** Returns equal feeds for one recording, and another one for the next. */
    Optional<LiveFeed> find(String folder);

    /** Returns what a reader is to use; empty to let it look itself. */
    default Optional<LiveSource> source(String folder) {
      return Optional.empty();
    }
  }

  /** The feed of a recorder. Equal when the recording is the same. */
  record OfRecorder(LiveAsset asset) implements LiveFeed {
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
