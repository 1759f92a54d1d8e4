package io.lva.fmp4;

import io.lva.media.Ticks;
import java.util.Optional;

/**
 * The start of a track's edit list: {@code elst} (ISO/IEC 14496-12 clause 8.6.6).
 *
 * <p>Immutable.
 *
 * @param delayTicks length of the empty edits in front, ticks of the track
 * @param startTicks media time of the first edit that is not empty, ticks of the track
 */
record EditList(long delayTicks, long startTicks) {
  static final EditList NONE = new EditList(0, 0);

  private static final long MAXIMUM_SECONDS = 1L << 31;

  static EditList parse(BoxPayload trak, int movieTimescale, int timescale) throws Mp4Exception {
    Optional<BoxPayload> edts = BoxCursor.find(trak, BoxType.EDTS);
    Optional<BoxPayload> found =
        edts.isEmpty() ? Optional.empty() : BoxCursor.find(edts.get(), BoxType.ELST);
    if (found.isEmpty()) {
      return NONE;
    }
    BoxPayload elst = found.get();
    boolean wide = elst.versionAndFlags() >>> 24 != 0;
    int entries = elst.entries(wide ? 20 : 12);
    long delay = 0;
    for (int i = 0; i < entries; i++) {
      long duration = elst.unsigned(wide);
      long mediaTime = wide ? elst.i64() : elst.i32();
      elst.skip(4);
      if (mediaTime >= 0) {
        return new EditList(delay, mediaTime);
      }
      if (duration / movieTimescale > MAXIMUM_SECONDS) {
        throw new Mp4Exception("'elst' with an edit of " + duration + " ticks");
      }
      delay += Ticks.convert(duration, movieTimescale, timescale);
    }
    return new EditList(delay, 0);
  }
}
