package io.lva.playback;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads the times players write: with or without zone (then UTC), or a date alone. */
final class RequestTime {
  private static final int MAXIMUM_LENGTH = 40;

  private RequestTime() {}

  /**
   * Reads a time.
   *
   * @param name of the parameter, for the message
   * @param text ISO 8601
   * @throws PlaybackException with status 400 when it is none
   */
  static Instant parse(String name, String text) {
    if (text.length() <= MAXIMUM_LENGTH) {
      try {
        if (!text.contains("T")) {
          return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        int zone = Math.max(text.indexOf('+'), text.lastIndexOf('-'));
        boolean hasZone = text.endsWith("Z") || zone > text.indexOf('T');
        return hasZone
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        // falls through to the one message for everything that is no time
      }
    }
    throw PlaybackException.badRequest(
        name + " is not a time: expected for example 2026-11-22T10:00:00Z or 2026-11-22");
  }
}
