package io.lva.playback.address;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The portion of an asset that a manifest was asked for.
 *
 * <p>Immutable.
 *
 * @param start where it begins; empty for the newest four hours
 * @param end where it ends; empty to follow a recording that goes on
 */
public record ManifestRange(Optional<Instant> start, Optional<Instant> end) {
  /** The length of media that a manifest without times shows. */
  public static final Duration NEWEST = Duration.ofHours(4);

  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * Creates a manifest range.
   *
   * @param start see above
   * @param end see above
   */
  public ManifestRange {}

  /**
   * Reads the times of a manifest's address.
   *
   * @param arguments of the address
   * @param now the time up to which a range with a start but no end is measured
   * @return the range
   * @throws PlaybackException with status 400 when a time is malformed, there is an end without a
   *     start or not after it, or the range is longer than 24 hours
   */
  public static ManifestRange of(RouteArguments arguments, Instant now) {
    Optional<Instant> start =
        arguments.value("starttime").map(text -> RequestTime.parse("startTime", text));
    Optional<Instant> end =
        arguments.value("endtime").map(text -> RequestTime.parse("endTime", text));
    if (start.isEmpty() && end.isPresent()) {
      throw PlaybackException.badRequest("endTime needs a startTime");
    }
    if (start.isPresent()) {
      Duration length = Duration.between(start.get(), end.orElse(now));
      if (end.isPresent() && (length.isZero() || length.isNegative())) {
        throw PlaybackException.badRequest("endTime must be after startTime");
      }
      if (length.compareTo(LONGEST) > 0) {
        throw PlaybackException.badRequest("the range is longer than 24 hours: ask for less");
      }
    }
    return new ManifestRange(start, end);
  }

  /**
   * Returns the range as arguments of an address.
   *
   * @return {@code (startTime=…,endTime=…)}, or an empty text for the newest four hours
   */
  public String arguments() {
    if (start.isEmpty()) {
      return "";
    }
    String to = end.map(until -> ",endTime=" + escaped(until)).orElse("");
    return "(startTime=" + escaped(start.get()) + to + ")";
  }

  /** Escapes colons: in a relative address, text before a colon would be taken for a scheme. */
  private static String escaped(Instant instant) {
    return instant.toString().replace(":", "%3A");
  }
}
