package io.lva.graph.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.graph.SystemData;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the times of a resource, as UTC with milliseconds. */
final class SystemDataJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private SystemDataJson() {}

  static void write(ObjectNode json, SystemData data) {
    ObjectNode node = json.putObject("systemData");
    node.put("createdAt", text(data.createdAt()));
    node.put("lastModifiedAt", text(data.lastModifiedAt()));
  }

  private static String text(Instant instant) {
    return TIME.format(instant);
  }
}
