package io.lva.event;

import java.util.Optional;

/**
 * Who emits events: a node of an instance, or the instance.
 *
 * <p>Immutable.
 *
 * @param topic what all events of a runtime have in common
 * @param instance name of the graph instance
 * @param subject path of the emitter
 * @param node name of the node; empty for the instance itself
 */
public record EventSource(String topic, String instance, String subject, Optional<String> node) {
  /**
   * Names an instance.
   *
   * @param topic see above
   * @param instance its name
   * @return a source with the subject {@code /graphInstances/{instance}}
   */
  public static EventSource ofInstance(String topic, String instance) {
    return new EventSource(topic, instance, "/graphInstances/" + instance, Optional.empty());
  }

  /**
   * Names a node of this instance.
   *
   * @param collection {@code sources}, {@code processors} or {@code sinks}
   * @param node its name
   * @return a source with the subject {@code /graphInstances/{instance}/{collection}/{node}}
   */
  public EventSource node(String collection, String node) {
    return new EventSource(
        topic, instance, subject + "/" + collection + "/" + node, Optional.of(node));
  }
}
