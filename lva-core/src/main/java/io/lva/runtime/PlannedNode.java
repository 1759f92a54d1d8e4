package io.lva.runtime;

import io.lva.graph.NodeSpec;
import io.lva.media.Track;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A node of a topology as the runtime needs it. Immutable.
 *
 * @param name in the topology
 * @param collection {@code sources}, {@code processors} or {@code sinks}
 * @param spec its type and properties
 * @param inputs in the order of the topology
 */
record PlannedNode(String name, String collection, NodeSpec spec, List<Connection> inputs) {
  PlannedNode {
    inputs = List.copyOf(inputs);
  }

  /**
   * Where an input comes from.
   *
   * @param from name of the upstream node
   * @param selector which tracks pass; null for all
   */
  record Connection(String from, @Nullable Predicate<Track> selector) {}
}
