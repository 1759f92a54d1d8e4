package io.lva.fmp4;

import io.lva.fmp4.BoxChecker.Finding;
import io.lva.fmp4.FileItem.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Checks that the video of a part is made of NAL units: headers may be whole and the media behind
 * them zeros or garbage, after a loss of power.
 *
 * <p>The lengths in front of the NAL units must tile each sample, and no NAL unit may have the type
 * 0 or the forbidden bit set (ITU-T H.264 clause 7.4.1). One short read a NAL unit.
 *
 * <p>Not thread-safe.
 */
public final class NalUnitChecker {
  private static final int LENGTH_BYTES = 4;

  private final SourceWindow source;

  /**
   * Prepares to check parts of a file.
   *
   * @param source the file; stays open
   */
  public NalUnitChecker(ByteSource source) {
    this.source = new SourceWindow(source);
  }

  /**
   * Checks a part of H.264 video with lengths of four bytes.
   *
   * @param part where it is
   * @param samples its samples, see {@link FragmentedReader#samples}
   * @return the first thing that is wrong; empty for good media
   * @throws IOException when the source fails
   */
  public Optional<Finding> check(Part part, PartSamples samples) throws IOException {
    long position = part.mediaOffset();
    for (int i = 0; i < samples.count(); i++) {
      long end = position + samples.size(i);
      while (position < end) {
        long length = nalUnitLength(position, end);
        if (length < 0) {
          String what = "sample " + (i + 1) + " of the part is not made of NAL units";
          return Optional.of(new Finding(position, what));
        }
        position += LENGTH_BYTES + length;
      }
    }
    return Optional.empty();
  }

  /** Returns the length of the NAL unit at a position, or -1 where there is none. */
  private long nalUnitLength(long position, long end) throws IOException {
    if (end - position <= LENGTH_BYTES) {
      return -1;
    }
    try {
      ByteBuffer start = source.header(position, LENGTH_BYTES + 1);
      long length = Integer.toUnsignedLong(start.getInt(0));
      int header = start.get(LENGTH_BYTES);
      boolean valid = header >= 0 && (header & 0x1f) != 0;
      return valid && length >= 1 && length <= end - position - LENGTH_BYTES ? length : -1;
    } catch (Mp4Exception e) {
      // The file ends here: no NAL unit either.
      return -1;
    }
  }
}
