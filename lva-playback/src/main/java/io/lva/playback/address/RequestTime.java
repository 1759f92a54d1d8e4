package io.lva.playback.address;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Reads the times that players write: with a zone, without one (UTC), or a date alone. */
public final class RequestTime {
  private static final int MAXIMUM_LENGTH = 40;
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private RequestTime() {}

  /**
   * Reads a time.
   *
   * @param name of the parameter, for the message
   * @param text ISO 8601, from 1970 to 2200
   * @return the time
   * @throws PlaybackException with status 400 when the text is not a time in this form and range
   */
  public static Instant parse(String name, String text) {
    // A plus sign in a query means a space.
    Optional<Instant> time = parse(text.replace(' ', '+').toUpperCase(Locale.ROOT));
    if (time.isEmpty() || time.get().isBefore(Instant.EPOCH) || time.get().isAfter(LATEST)) {
      throw PlaybackException.badRequest(
          name + " is not a time: expected for example 2026-11-22T10:00:00Z or 2026-11-22");
    }
    return time.get();
  }

  private static Optional<Instant> parse(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      return Optional.empty();
    }
    try {
      if (!text.contains("T")) {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      int zone = Math.max(text.indexOf('+'), text.lastIndexOf('-'));
      boolean hasZone = text.endsWith("Z") || zone > text.indexOf('T');
      return Optional.of(
          hasZone
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
