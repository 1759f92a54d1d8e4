package io.lva.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event with its envelope: what happened, where and when.
 *
 * <p>Immutable.
 *
 * @param id unique; a UUID
 * @param topic the topic of the runtime, the same for all its events, such as {@code
 *     /mediaGraph/host}
 * @param subject path of the emitter, such as {@code /graphInstances/camera1/sinks/assetSink}
 * @param eventTime media time in UTC if the event has one, otherwise the time of the event itself
 * @param instance name of the graph instance
 * @param node name of the emitting node; empty when the instance itself emits it
 * @param event what happened
 */
public record EventRecord(
    UUID id,
    String topic,
    String subject,
    Instant eventTime,
    String instance,
    Optional<String> node,
    GraphEvent event) {
  /** Version of the bodies. */
  public static final String DATA_VERSION = "1.0";

  /**
   * Creates the record of an event that is emitted now.
   *
   * @param source who emits it
   * @param now UTC, used for an event without media time
   * @param event what happened
   * @return a record with a new id
   */
  public static EventRecord of(EventSource source, Instant now, GraphEvent event) {
    return new EventRecord(
        UUID.randomUUID(),
        source.topic(),
        source.subject(),
        event.mediaTime().orElse(now),
        source.instance(),
        source.node(),
        event);
  }

  /**
   * Returns the type of the event.
   *
   * @return the type, such as {@code Microsoft.Media.Graph.Operational.RecordingStarted}
   */
  public String eventType() {
    return event.eventType();
  }

  /**
   * Returns the version of the body.
   *
   * @return {@value #DATA_VERSION}
   */
  public String dataVersion() {
    return DATA_VERSION;
  }
}
