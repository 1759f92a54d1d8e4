package io.lva.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes events as JSON, in the two forms of Live Video Analytics: with an envelope, as a consumer
 * of its messages sees them, and flat, as its log and Event Grid show them.
 *
 * <p>Immutable.
 */
public final class EventJson {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String ESTABLISHED =
      "Microsoft.Media.MediaGraph.Diagnostics.MediaSessionEstablished";

  private final boolean tutorialNames;

  private EventJson(boolean tutorialNames) {
    this.tutorialNames = tutorialNames;
  }

  /**
   * Returns the writer with the names that the service has used since its release.
   *
   * @return the writer; every type begins with {@code Microsoft.Media.Graph}, except that of a
   *     {@link GraphEvent.RuntimeError}
   */
  public static EventJson standard() {
    return new EventJson(false);
  }

  /**
   * Returns the writer for consumers that expect the names of the first tutorial.
   *
   * @return the writer, which differs from {@link #standard} in one type: {@code
   *     Microsoft.Media.MediaGraph.Diagnostics.MediaSessionEstablished}
   */
  public static EventJson tutorial() {
    return new EventJson(true);
  }

  /**
   * Writes an event with its envelope.
   *
   * @param event what to write
   * @return one line: {@code {"body": {…}, "applicationProperties": {…}}}
   * @throws IllegalArgumentException when the event holds a foreign inference that is not JSON
   */
  public String envelope(EventRecord event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("body", EventBodies.of(event));
    properties(event).forEach(json.putObject("applicationProperties")::put);
    return json.toString();
  }

  /**
   * Writes an event flat.
   *
   * @param event what to write
   * @return one line: {@code {"id": …, "topic": …, "data": {…}, …}}
   * @throws IllegalArgumentException when the event holds a foreign inference that is not JSON
   */
  public String flat(EventRecord event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", event.id().toString())
        .put("topic", event.topic())
        .put("subject", event.subject())
        .put("eventType", eventType(event))
        .put("eventTime", text(event.eventTime()));
    json.set("data", EventBodies.of(event));
    json.put("dataVersion", event.dataVersion());
    return json.toString();
  }

  /**
   * Returns the properties of the envelope.
   *
   * @param event the event
   * @return topic, subject, eventType, eventTime and dataVersion, in this order
   */
  public Map<String, String> properties(EventRecord event) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("topic", event.topic());
    properties.put("subject", event.subject());
    properties.put("eventType", eventType(event));
    properties.put("eventTime", text(event.eventTime()));
    properties.put("dataVersion", event.dataVersion());
    return properties;
  }

  /**
   * Writes the body alone.
   *
   * @param event what to write
   * @return one line, a JSON object
   * @throws IllegalArgumentException when the event holds a foreign inference that is not JSON
   */
  public String body(EventRecord event) {
    return EventBodies.of(event).toString();
  }

  /**
   * Returns the type of an event as this writer spells it.
   *
   * @param event the event
   * @return the type, such as {@code Microsoft.Media.Graph.Operational.RecordingStarted}
   */
  public String eventType(EventRecord event) {
    boolean renamed = tutorialNames && event.event() instanceof GraphEvent.MediaSessionEstablished;
    return renamed ? ESTABLISHED : event.eventType();
  }

  private static String text(Instant time) {
    return MILLISECONDS.format(time);
  }
}
