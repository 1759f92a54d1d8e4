package io.lva.spi;

import io.lva.media.EventConsumer;
import io.lva.media.SampleConsumer;

/** One input of a node, in the order of the topology's {@code inputs}. */
public sealed interface NodeInput {
  /**
   * Takes media.
   *
   * @param consumer called on the media loop
   */
  record Media(SampleConsumer consumer) implements NodeInput {}

  /**
   * Takes events.
   *
   * @param consumer called on the media loop
   */
  record Events(EventConsumer consumer) implements NodeInput {}
}
