package io.lva.playback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.format.Utc;
import io.lva.playback.http.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Answers in JSON. */
final class JsonAnswers {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private JsonAnswers() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Response response(ObjectNode content) {
    return Response.text(200, "application/json", content.toString())
        .with("Cache-Control", "no-cache");
  }

  /** Writes an instant with milliseconds, as {@code availableMedia} has it. */
  static String millis(Instant instant) {
    return MILLIS.format(instant);
  }

  static String millis(long nanos) {
    return millis(Utc.instant(nanos));
  }
}
