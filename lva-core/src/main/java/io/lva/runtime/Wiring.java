package io.lva.runtime;

import io.lva.media.EventConsumer;
import io.lva.media.SampleConsumer;
import io.lva.spi.Inlet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who listens to which node, known from the sinks upwards.
 *
 * <p>Confined to the thread that makes the nodes.
 */
final class Wiring {
  private final Map<String, List<SampleConsumer>> media = new HashMap<>();
  private final Map<String, List<EventConsumer>> events = new HashMap<>();

  /** Connects the inputs of a node that was made to the nodes that will be. */
  void connect(PlannedNode node, List<Inlet> inputs) {
    if (inputs.size() != node.inputs().size()) {
      throw new ActivationException(
          "Node '"
              + node.name()
              + "' of type "
              + node.spec().type()
              + " takes "
              + inputs.size()
              + " inputs; the topology connects "
              + node.inputs().size()
              + ".",
          node.name(),
          null);
    }
    for (int i = 0; i < inputs.size(); i++) {
      connect(node.inputs().get(i), inputs.get(i));
    }
  }

  private void connect(PlannedNode.Connection connection, Inlet inlet) {
    inlet
        .media()
        .map(
            consumer ->
                connection.selector() == null
                    ? consumer
                    : new SelectedTracks(connection.selector(), consumer))
        .ifPresent(
            consumer ->
                media.computeIfAbsent(connection.from(), any -> new ArrayList<>()).add(consumer));
    inlet
        .events()
        .ifPresent(
            consumer ->
                events.computeIfAbsent(connection.from(), any -> new ArrayList<>()).add(consumer));
  }

  SampleConsumer mediaOf(String node) {
    return MediaFanOut.of(media.getOrDefault(node, List.of()));
  }

  EventConsumer eventsOf(String node) {
    List<EventConsumer> consumers = events.getOrDefault(node, List.of());
    if (consumers.size() == 1) {
      return consumers.get(0);
    }
    List<EventConsumer> all = List.copyOf(consumers);
    return event -> all.forEach(consumer -> consumer.event(event));
  }
}
