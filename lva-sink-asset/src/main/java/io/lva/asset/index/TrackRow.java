package io.lva.asset.index;

import java.util.regex.Pattern;

/**
 * One track of a segment in the index.
 *
 * <p>Immutable.
 *
 * @param id number of the track in the file, 1 or more
 * @param timescale ticks per second, positive
 * @param base UTC of the file's zero, in ticks since the Unix epoch; from -2^60 to 2^60
 * @param start decode time of the first sample in the file, in ticks after the file's zero
 * @param init 8 hexadecimal digits that name the initialization segment of this track alone
 * @param codec the codec in the notation of RFC 6381, for example {@code avc1.64001F}
 * @param width the width of a picture in pixels; 0 when the track has no pictures
 * @param height the height of a picture in pixels; 0 when the track has no pictures
 * @param fragments the fragments in order
 */
public record TrackRow(
    int id,
    int timescale,
    long base,
    long start,
    String init,
    String codec,
    int width,
    int height,
    Fragments fragments) {
  private static final long LIMIT = 1L << 60;

  /**
   * The most seconds from the Unix epoch, about 285 years, so that nanoseconds fit in a {@code
   * long}.
   */
  private static final long MOST_SECONDS = 9_000_000_000L;

  private static final Pattern INIT = Pattern.compile("[0-9a-f]{8}");
  private static final Pattern CODEC = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

  /**
   * Checks the values.
   *
   * @param id 1 or more
   * @param timescale positive
   * @param base from -2^60 to 2^60
   * @param start 0 to 2^60
   * @param init 8 lower-case hexadecimal digits
   * @param codec 1 to 64 letters, digits and {@code ._+-}
   * @param width 0 or more
   * @param height 0 or more
   * @param fragments the fragments in order
   * @throws IllegalArgumentException when a value is outside its range, or a time is more than 285
   *     years from the Unix epoch
   */
  public TrackRow {
    if (id < 1 || timescale < 1 || width < 0 || height < 0) {
      throw new IllegalArgumentException("track " + id + ": a number is out of range");
    }
    if (base < -LIMIT || base > LIMIT || start < 0 || start > LIMIT) {
      throw new IllegalArgumentException("track " + id + ": a time is out of range");
    }
    long latest = Math.max(Math.abs(base), base + start + fragments.durationTicks());
    if (latest / timescale > MOST_SECONDS) {
      throw new IllegalArgumentException("track " + id + ": a time is out of range");
    }
    if (!INIT.matcher(init).matches() || !isCodec(codec)) {
      throw new IllegalArgumentException("track " + id + ": init or codec is malformed");
    }
  }

  /**
   * Returns whether a text can name a codec.
   *
   * @param codec any text
   * @return true for 1 to 64 letters, digits and {@code ._+-}
   */
  public static boolean isCodec(String codec) {
    return CODEC.matcher(codec).matches();
  }

  /**
   * Returns when the track begins in this file.
   *
   * @return ticks of the timescale since the Unix epoch
   */
  public long startTicks() {
    return base + start;
  }

  /**
   * Returns when the track ends in this file.
   *
   * @return ticks of the timescale since the Unix epoch
   */
  public long endTicks() {
    return base + start + fragments.durationTicks();
  }
}
