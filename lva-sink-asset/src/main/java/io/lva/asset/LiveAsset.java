package io.lva.asset;

import io.lva.media.Gap;
import java.util.List;
import java.util.Optional;

/**
 * The newest end of an asset that this process records: the parts of the open segment and of the
 * last complete segments. Their bytes are in the files.
 *
 * <p>For live playback; everything older is in the index.
 *
 * <p>Thread-safe.
 */
public interface LiveAsset {
  /** The number of complete segments that are kept. */
  int COMPLETE_SEGMENTS = 3;

  /**
   * Returns the name of the asset.
   *
   * @return its resolved name
   */
  String name();

  /**
   * Returns the present state; cheap when nothing has changed since the last call.
   *
   * @return the newest segments
   */
  Snapshot snapshot();

  /**
   * Registers a listener.
   *
   * @param listener called on threads of the recorder, perhaps on several at once
   * @return a handle that ends the calls
   */
  Subscription subscribe(Listener listener);

  /** Notified when a snapshot would show something new. */
  @FunctionalInterface
  interface Listener {
    /**
     * Called after parts were written and after every change of segments and gaps. The call comes
     * on whichever thread of the recorder made the change, which may be its media loop, and perhaps
     * on several threads at once. An implementation must return at once.
     *
     * @param asset the asset that changed
     */
    void changed(LiveAsset asset);
  }

  /** A handle that ends the calls to a listener. */
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    /** Ends the calls. It may be called more than once. */
    @Override
    void close();
  }

  /**
   * The newest end of an asset at one moment.
   *
   * <p>Immutable.
   *
   * @param segments the last complete segments and the open one, oldest first
   * @param openGap why nothing is being recorded now; empty while something is recorded
   * @param ended whether the recording is complete and nothing follows
   */
  record Snapshot(List<LiveSegment> segments, Optional<Gap> openGap, boolean ended) {
    /**
     * Copies the list.
     *
     * @param segments see above
     * @param openGap see above
     * @param ended see above
     */
    public Snapshot {
      segments = List.copyOf(segments);
    }
  }
}
