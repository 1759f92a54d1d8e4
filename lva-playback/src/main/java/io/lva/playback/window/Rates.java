package io.lva.playback.window;

import io.lva.asset.Fragment;
import io.lva.asset.RunSection;
import io.lva.asset.RunSection.TrackSection;
import io.lva.asset.index.TrackRow;
import io.lva.media.Ticks;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What players choose by: bit rates, codecs and the largest picture of a track.
 *
 * <p>Immutable.
 */
public final class Rates {
  private static final int BITS_PER_BYTE = 8;

  private final long peak;
  private final long average;
  private final int width;
  private final int height;
  private final Set<String> codecs = new TreeSet<>();

  /**
   * Measures a track.
   *
   * @param kind the track
   * @param sections where to look
   */
  public Rates(TrackKind kind, List<RunSection> sections) {
    long highest = 0;
    long bytes = 0;
    long nanos = 0;
    int widest = 0;
    int tallest = 0;
    for (RunSection section : sections) {
      TrackSection track = kind.in(section).orElse(null);
      if (track == null) {
        continue;
      }
      TrackRow row = track.track();
      codecs.add(TrackKind.playedCodec(row));
      if ((long) row.width() * row.height() > (long) widest * tallest) {
        widest = row.width();
        tallest = row.height();
      }
      for (Fragment fragment : track.fragments()) {
        highest = Math.max(highest, bitRate(fragment));
        bytes += fragment.lengthBytes();
        nanos += Ticks.convert(fragment.durationTicks(), row.timescale(), Ticks.NANOS_PER_SECOND);
      }
    }
    this.average =
        nanos == 0 ? highest : BITS_PER_BYTE * bytes * 1000 / Math.max(1, nanos / 1_000_000);
    this.peak = Math.max(highest, average);
    this.width = widest;
    this.height = tallest;
  }

  private static long bitRate(Fragment fragment) {
    long ticks = fragment.durationTicks();
    // The last fragment of a file may be a single picture, whose rate means nothing.
    return ticks * 2 < fragment.track().timescale()
        ? 0
        : Ticks.convert(
            (long) BITS_PER_BYTE * fragment.lengthBytes(), ticks, fragment.track().timescale());
  }

  /**
   * Returns whether there is such a track.
   *
   * @return false when no section has one
   */
  public boolean isPresent() {
    return !codecs.isEmpty();
  }

  /**
   * Returns the highest rate of a fragment that lasts half a second or more.
   *
   * @return bits per second; not below the average
   */
  public long peak() {
    return peak;
  }

  /**
   * Returns the average rate.
   *
   * @return bits per second
   */
  public long average() {
    return average;
  }

  /**
   * Returns the width of the largest picture.
   *
   * @return pixels; 0 for sound
   */
  public int width() {
    return width;
  }

  /**
   * Returns the height of the largest picture.
   *
   * @return pixels; 0 for sound
   */
  public int height() {
    return height;
  }

  /**
   * Returns the codecs (RFC 6381).
   *
   * @return the codecs in alphabetical order
   */
  public Set<String> codecs() {
    return codecs;
  }
}
