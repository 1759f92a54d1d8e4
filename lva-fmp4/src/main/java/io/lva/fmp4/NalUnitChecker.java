package io.lva.fmp4;

import io.lva.fmp4.BoxChecker.Finding;
import io.lva.fmp4.FileItem.Part;
import io.lva.media.NalUnitFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Checks that the video of a part is made of NAL units: after a power failure, headers may be
 * intact while the media that follows them is zeros or garbage.
 *
 * <p>The lengths before the NAL units must tile each sample, and each NAL unit must have a possible
 * header. The check costs one short read per NAL unit.
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
   * Checks a part of video whose NAL units are preceded by four-byte lengths.
   *
   * @param part the part
   * @param samples its samples, see {@link FragmentedReader#samples}
   * @param format of the NAL units
   * @return the first thing that is wrong; empty for good media
   * @throws IOException when the source fails
   */
  public Optional<Finding> check(Part part, PartSamples samples, NalUnitFormat format)
      throws IOException {
    long position = part.mediaOffset();
    for (int i = 0; i < samples.count(); i++) {
      long end = position + samples.size(i);
      while (position < end) {
        long length = nalUnitLength(position, end, format);
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
  private long nalUnitLength(long position, long end, NalUnitFormat format) throws IOException {
    int headerBytes = format.headerBytes();
    if (end - position < LENGTH_BYTES + headerBytes) {
      return -1;
    }
    try {
      ByteBuffer start = source.header(position, LENGTH_BYTES + headerBytes);
      long length = Integer.toUnsignedLong(start.getInt(0));
      int first = start.get(LENGTH_BYTES) & 0xff;
      int header = headerBytes == 1 ? first : (first << 8) | (start.get(LENGTH_BYTES + 1) & 0xff);
      boolean valid =
          format.kind(header) != NalUnitFormat.Kind.INVALID
              && length >= headerBytes
              && length <= end - position - LENGTH_BYTES;
      return valid ? length : -1;
    } catch (Mp4Exception e) {
      // The file ends here: no NAL unit either.
      return -1;
    }
  }
}
