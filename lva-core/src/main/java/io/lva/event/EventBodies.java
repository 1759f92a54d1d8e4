package io.lva.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The bodies of events as Live Video Analytics writes them, with reasons added where it gave none.
 */
final class EventBodies {
  private static final Map<Class<?>, Body<GraphEvent>> BODIES = new HashMap<>();

  /** Writes the properties of one event. */
  @FunctionalInterface
  private interface Body<T> {
    void write(T event, ObjectNode json, Instant eventTime);
  }

  static {
    put(
        GraphEvent.MediaSessionEstablished.class,
        (event, json, time) -> json.put("sdp", "SDP:\n" + event.sdp()));
    put(GraphEvent.RecordingStarted.class, (event, json, time) -> output(json, event.output()));
    put(GraphEvent.RecordingAvailable.class, (event, json, time) -> output(json, event.output()));
    put(GraphEvent.RecordingStopped.class, (event, json, time) -> output(json, event.output()));
    put(
        GraphEvent.MediaFormatError.class,
        (event, json, time) ->
            json.put("timestamp", time.toEpochMilli())
                .put("code", event.code())
                .put("reason", event.reason()));
    put(
        GraphEvent.ProtocolError.class,
        (event, json, time) -> {
          // The first three are LVA's; its documents also call the code errorCode.
          json.put("code", event.code())
              .put("target", event.target())
              .put("protocol", event.protocol());
          peer(json, event.host(), event.code(), event.reason());
        });
    put(
        GraphEvent.AuthorizationError.class,
        (event, json, time) -> peer(json, event.host(), event.errorCode(), event.reason()));
    put(
        GraphEvent.NetworkError.class,
        (event, json, time) -> peer(json, event.host(), event.errorCode(), event.reason()));
    put(
        GraphEvent.DataDropped.class,
        (event, json, time) ->
            json.put("dataType", event.dataType()).put("reason", event.reason()));
    put(
        GraphEvent.StorageError.class,
        (event, json, time) ->
            json.put("storageAccountName", event.store())
                .put("errorCode", event.errorCode())
                .put("reason", event.reason()));
    put(
        GraphEvent.RuntimeError.class,
        (event, json, time) -> json.put("code", event.code()).put("reason", event.reason()));
    put(GraphEvent.InferenceMessage.class, EventBodies::inference);
  }

  private EventBodies() {}

  static ObjectNode of(EventRecord event) {
    Body<GraphEvent> body = BODIES.get(event.event().getClass());
    if (body == null) {
      throw new IllegalArgumentException("no body for " + event.eventType());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    body.write(event.event(), json, event.eventTime());
    return json;
  }

  private static <T extends GraphEvent> void put(Class<T> type, Body<T> body) {
    BODIES.put(type, (event, json, time) -> body.write(type.cast(event), json, time));
  }

  private static void output(ObjectNode json, RecordingOutput output) {
    json.put("outputType", output.type().text()).put("outputLocation", output.location());
  }

  private static void peer(ObjectNode json, String host, String errorCode, String reason) {
    json.put("errorCode", errorCode).put("host", host).put("reason", reason);
  }

  /**
   * Writes the inferences and the media time in ticks of 90 kHz since the Unix epoch, computed in
   * integers and without overflow.
   */
  private static void inference(
      GraphEvent.InferenceMessage event, ObjectNode json, Instant eventTime) {
    json.put("timestamp", eventTime.getEpochSecond() * 90_000 + eventTime.getNano() * 9L / 100_000);
    InferenceJson.writeTo(json, event.analysis().inferences());
  }
}
