package io.lva.asset.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Tells a file that was cut off before its first part from one whose head was damaged later: a
 * process that is killed leaves the beginning of what it wrote, so that no part follows a head that
 * is not whole.
 *
 * <p>Thread-safe: there is no state.
 */
final class DamagedHead {
  /** Follows the name of a file that is kept for somebody to look at. */
  static final String SUFFIX = ".damaged";

  private static final int SEARCHED_BYTES = 1 << 20;
  private static final long MOOF = 0x6d6f6f66L;
  private static final long MFHD = 0x0000_0010_6d66_6864L;

  private DamagedHead() {}

  /** Returns whether parts follow a head that cannot be read. */
  static boolean hasPartsBehind(DiskAssetStore store, String name, String complete)
      throws IOException {
    try (StoredFile file = store.open(name)) {
      if (isWhole(file, complete)) {
        return false;
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), SEARCHED_BYTES));
      file.readFully(0, bytes);
      return hasPart(bytes.flip());
    }
  }

  private static boolean isWhole(StoredFile file, String complete) throws IOException {
    SegmentScanner scanner = new SegmentScanner(file, complete);
    try {
      scanner.advance();
      return scanner.head().isPresent() && scanner.origin().isPresent();
    } catch (AssetFormatException e) {
      return false;
    }
  }

  /** Looks for a {@code moof} that begins with its {@code mfhd}. */
  private static boolean hasPart(ByteBuffer bytes) {
    for (int i = 0; i + 12 <= bytes.limit(); i++) {
      if (bytes.getInt(i) == MOOF && bytes.getLong(i + 4) == MFHD) {
        return true;
      }
    }
    return false;
  }
}
