package io.lva.event;

import java.util.Optional;

/**
 * Who emits events: a node of an instance, or the instance.
 *
 * <p>Immutable.
 *
 * @param topic the topic of the runtime, the same for all its events, such as {@code
 *     /mediaGraph/host}
 * @param instance name of the graph instance
 * @param subject path of the emitter
 * @param node name of the node; empty for the instance itself
 */
public record EventSource(String topic, String instance, String subject, Optional<String> node) {
  /**
   * Returns the source that stands for an instance.
   *
   * @param topic the topic of the runtime
   * @param instance its name
   * @return a source with the subject {@code /graphInstances/{instance}}
   */
  public static EventSource ofInstance(String topic, String instance) {
    return new EventSource(topic, instance, "/graphInstances/" + instance, Optional.empty());
  }

  /**
   * Returns the source that stands for a node of this instance.
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
