package io.lva.graph;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

/** The variables that need no declaration. */
final class SystemVariables {
  static final String PREFIX = "System.";
  static final String DATE_TIME = "System.DateTime";
  static final String PRECISE_DATE_TIME = "System.PreciseDateTime";
  static final String TOPOLOGY_NAME = "System.GraphTopologyName";
  static final String INSTANCE_NAME = "System.GraphInstanceName";
  static final Set<String> ALL = Set.of(DATE_TIME, PRECISE_DATE_TIME, TOPOLOGY_NAME, INSTANCE_NAME);

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private SystemVariables() {}

  static Map<String, String> at(Instant now) {
    return Map.of(DATE_TIME, SECONDS.format(now), PRECISE_DATE_TIME, MILLISECONDS.format(now));
  }
}
