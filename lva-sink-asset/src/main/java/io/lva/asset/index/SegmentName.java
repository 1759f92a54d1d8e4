package io.lva.asset.index;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parsed name of a segment. The start in the name is only a label; exact times come from the
 * file.
 *
 * <p>Immutable.
 *
 * @param start UTC of the first sample, to the millisecond
 * @param run its run
 * @param sequence its place in the run
 * @param part true while the segment is being written
 */
public record SegmentName(Instant start, RunId run, int sequence, boolean part) {
  /** The suffix of the name of a segment while it is being written. */
  public static final String PART_SUFFIX = ".part";

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{2})/"
              + "([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z)-([a-z2-7]{8})-([0-9]{5}|[1-9][0-9]{5,8})\\.mp4(\\.part)?");

  /**
   * Creates a segment name.
   *
   * @param start UTC of the first sample
   * @param run its run
   * @param sequence its place in the run
   * @param part true while the segment is being written
   */
  public SegmentName {}

  /**
   * Reads the name of a segment.
   *
   * @param path relative to the folder of the asset
   * @return the parsed name; empty when this is not the name of a segment
   */
  public static Optional<SegmentName> parse(String path) {
    Matcher matcher = FORM.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Instant start = LocalDateTime.parse(matcher.group(2), START).toInstant(ZoneOffset.UTC);
      if (!HOUR.format(start).equals(matcher.group(1))) {
        return Optional.empty();
      }
      return Optional.of(
          new SegmentName(
              start,
              new RunId(matcher.group(3)),
              Integer.parseInt(matcher.group(4)),
              matcher.group(5) != null));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the name of a complete segment.
   *
   * @param start UTC of its first sample, in the years 0 to 9999
   * @param run its run
   * @param sequence its place in the run, 0 to 999 999 999
   * @return {@code yyyy/MM/dd/HH/{UTC start}-{run}-{sequence}.mp4}
   */
  public static String completePath(Instant start, RunId run, int sequence) {
    return HOUR.format(start)
        + '/'
        + START.format(start)
        + '-'
        + run.text()
        + '-'
        + String.format(Locale.ROOT, "%05d", sequence)
        + ".mp4";
  }

  /**
   * Returns the name of a segment while it is being written.
   *
   * @param start see {@link #completePath}
   * @param run its run
   * @param sequence its place in the run
   * @return the name of the complete segment followed by {@code .part}
   */
  public static String partPath(Instant start, RunId run, int sequence) {
    return completePath(start, run, sequence) + PART_SUFFIX;
  }

  /**
   * Returns the folder of an hour.
   *
   * @param instant an instant within the hour
   * @return {@code yyyy/MM/dd/HH}
   */
  public static String hourFolder(Instant instant) {
    return HOUR.format(instant);
  }

  /**
   * Returns the path of the file.
   *
   * @return the path, relative to the folder of the asset
   */
  public String path() {
    return part ? partPath(start, run, sequence) : completePath(start, run, sequence);
  }
}
