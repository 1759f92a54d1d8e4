package io.lva.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A node of an activated graph: sinks are made first and stopped last.
 *
 * <p>Methods are called on the media loop of the session.
 */
public interface NodeRuntime {
  /**
   * Returns what upstream nodes connect to.
   *
   * @return the inputs in the order of the topology; empty for a source
   */
  List<Inlet> inputs();

  /** Begins to work; a source begins to connect. Returns at once. */
  void start();

  /**
   * Ends the work and writes out what the node still holds. Also called on a node that was not
   * started, because another node of its graph could not begin.
   *
   * <p>A source ends its stream downstream with {@link io.lva.media.GapCause#OPERATOR}.
   *
   * @param deadline after which the stage completes although work is left, which then goes on in
   *     the background
   * @return completes when nothing is left to do, or with the deadline; never exceptionally
   */
  CompletionStage<Void> stop(Duration deadline);
}
