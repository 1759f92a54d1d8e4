package io.lva.iot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.SystemData;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in answers: ISO 8601 in UTC with milliseconds. */
final class Times {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  static String text(Instant time) {
    return MILLISECONDS.format(time);
  }

  static void put(ObjectNode json, SystemData systemData) {
    json.putObject("systemData")
        .put("createdAt", text(systemData.createdAt()))
        .put("lastModifiedAt", text(systemData.lastModifiedAt()));
  }
}
