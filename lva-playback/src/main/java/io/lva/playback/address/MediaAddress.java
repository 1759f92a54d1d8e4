package io.lva.playback.address;

import io.lva.asset.index.RunId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of media below {@code content.ism/}: it names a run, the place of a file in it, a
 * track, and a fragment, a part or the initialization segment; never the name of a file.
 *
 * <pre>
 * m/20261122/abcdefgh/12/1-3.m4s          fragment 3 of track 1 in file 12 of the run
 * m/20261122/abcdefgh/12/1-part17.m4s     part 17 of track 1 in that file
 * m/20261122/abcdefgh/12/1-3ddf1230.mp4   initialization segment 3ddf1230, which that file has
 * </pre>
 *
 * <p>Immutable.
 *
 * @param day the UTC day on which the file starts
 * @param run its run
 * @param sequence its place in the run
 * @param trackId number of the track
 * @param kind what is asked for
 * @param number of the fragment or part among those of its track in the file, from 0; 0 otherwise
 * @param init name of the initialization segment; empty otherwise
 */
public record MediaAddress(
    LocalDate day, RunId run, int sequence, int trackId, Kind kind, int number, String init) {
  /** What every address begins with. */
  public static final String PREFIX = "m/";

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final Pattern FORM =
      Pattern.compile(
          "m/([0-9]{8})/([a-z2-7]{8})/([0-9]{1,9})/([0-9]{1,5})-"
              + "(?:([0-9]{1,6})\\.m4s|part([0-9]{1,6})\\.m4s|([0-9a-f]{8})\\.mp4)");

  /** What an address names. */
  public enum Kind {
    /** A whole fragment. */
    FRAGMENT,
    /** One part of a fragment. */
    PART,
    /** {@code ftyp} and {@code moov} of one track. */
    INIT
  }

  /**
   * Creates a media address.
   *
   * @param day see above
   * @param run see above
   * @param sequence see above
   * @param trackId see above
   * @param kind see above
   * @param number see above
   * @param init see above
   */
  public MediaAddress {}

  /**
   * Reads the address after {@code content.ism/}.
   *
   * @param text decoded
   * @return the address, or empty when it has another form
   */
  public static Optional<MediaAddress> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Kind kind =
          matcher.group(5) != null
              ? Kind.FRAGMENT
              : matcher.group(6) != null ? Kind.PART : Kind.INIT;
      String number = kind == Kind.FRAGMENT ? matcher.group(5) : matcher.group(6);
      return Optional.of(
          new MediaAddress(
              LocalDate.parse(matcher.group(1), DAY),
              new RunId(matcher.group(2)),
              Integer.parseInt(matcher.group(3)),
              Integer.parseInt(matcher.group(4)),
              kind,
              kind == Kind.INIT ? 0 : Integer.parseInt(number),
              kind == Kind.INIT ? matcher.group(7) : ""));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the address of a file's media.
   *
   * @param day the UTC day on which the file starts
   * @param run its run
   * @param sequence its place in the run
   * @return the address, with a slash at the end
   */
  public static String folder(LocalDate day, RunId run, int sequence) {
    return PREFIX + DAY.format(day) + '/' + run.text() + '/' + sequence + '/';
  }

  /**
   * Appends the address of a fragment.
   *
   * @param out takes the address
   * @param folder address of the file's media
   * @param trackId number of the track
   * @param number of the fragment
   */
  public static void appendFragment(StringBuilder out, String folder, int trackId, int number) {
    out.append(folder).append(trackId).append('-').append(number).append(".m4s");
  }

  /**
   * Appends the address of a part.
   *
   * @param out takes the address
   * @param folder address of the file's media
   * @param trackId number of the track
   * @param number of the part
   */
  public static void appendPart(StringBuilder out, String folder, int trackId, int number) {
    out.append(folder).append(trackId).append("-part").append(number).append(".m4s");
  }

  /**
   * Returns the address of an initialization segment.
   *
   * @param folder address of the media of a file that has it
   * @param trackId number of the track
   * @param init its name
   * @return the address
   */
  public static String init(String folder, int trackId, String init) {
    return folder + trackId + '-' + init + ".mp4";
  }

  private static final Pattern BY_TIME =
      Pattern.compile("m/([a-z2-7]{8})/([0-9]{1,5})-([1-9][0-9]{0,8})/t([0-9]{1,18})\\.m4s");

  /**
   * The address of a fragment by its time, as DASH needs it: {@code
   * m/RUN/TRACK-TIMESCALE/tTIME.m4s}.
   *
   * @param run its run
   * @param trackId number of the track
   * @param timescale ticks per second
   * @param startTicks when it starts, in ticks since the Unix epoch
   */
  public record ByTime(RunId run, int trackId, int timescale, long startTicks) {
    /**
     * Creates an address by time.
     *
     * @param run see above
     * @param trackId see above
     * @param timescale see above
     * @param startTicks see above
     */
    public ByTime {}

    /**
     * Reads the address after {@code content.ism/}.
     *
     * @param text decoded
     * @return the address, or empty when it has another form
     */
    public static Optional<ByTime> parse(String text) {
      Matcher matcher = BY_TIME.matcher(text);
      return matcher.matches()
          ? Optional.of(
              new ByTime(
                  new RunId(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3)),
                  Long.parseLong(matcher.group(4))))
          : Optional.empty();
    }
  }

  /**
   * Returns the address of a fragment by its time.
   *
   * @param run its run
   * @param trackId number of the track
   * @param timescale ticks per second
   * @param time in ticks since the Unix epoch, or a variable for it
   * @return the address
   */
  public static String byTime(RunId run, int trackId, int timescale, String time) {
    return PREFIX + run.text() + '/' + trackId + '-' + timescale + "/t" + time + ".m4s";
  }

  /**
   * Returns a strong entity tag: media never changes under its address.
   *
   * @param sizeBytes of the media
   * @return the tag in quotation marks
   */
  public String entityTag(long sizeBytes) {
    return "\""
        + run.text()
        + "-"
        + sequence
        + "-"
        + trackId
        + "-"
        + kind
        + number
        + init
        + "-"
        + sizeBytes
        + "\"";
  }
}
