package io.lva.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A node of an activated graph: sinks are made first and stopped last.
 *
 * <p>The methods are called one after the other on a thread of the runtime, never on the media
 * loop. That thread serves only this graph instance and may wait for a disk or a network; what the
 * media loop owns is reached with {@link MediaLoop#execute} and {@link MediaLoop#call}. A method
 * that throws, or has not returned by its deadline, is named in an error or an event, and no other
 * node or instance waits for it.
 */
public interface NodeRuntime {
  /**
   * Returns what upstream nodes connect to.
   *
   * @return the inputs in the order of the topology; empty for a source
   */
  List<Inlet> inputs();

  /**
   * Begins to work; a source begins to connect without waiting until it is connected.
   *
   * @throws NodeStartException when the node cannot work; the activation then fails
   */
  void start();

  /**
   * Ends the work and writes out what the node still holds. Also called on a node that was not
   * started, because another node of its graph could not start. From then on the inputs of the node
   * are not called any more; what it sends to the nodes that follow still passes.
   *
   * <p>A source ends its stream downstream with {@link io.lva.media.GapCause#OPERATOR}.
   *
   * @param deadline after which the stage completes even if work is left, which then goes on in the
   *     background; 0 or more
   * @return a stage that completes when nothing is left to do or at the deadline, and never
   *     exceptionally
   */
  CompletionStage<Void> stop(Duration deadline);
}
