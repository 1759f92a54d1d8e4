package io.lva.fmp4;

/**
 * The flags of a sample in a fragment (ISO/IEC 14496-12 clause 8.8.3.1).
 *
 * <pre>
 * reserved(4) is_leading(2) depends_on(2) is_depended_on(2) has_redundancy(2)
 * padding(3) is_non_sync(1) degradation_priority(16)
 * </pre>
 *
 * <p>A sync sample depends on no other (2) and is not non-sync; any other sample depends on others
 * (1) and is non-sync. The standard leaves the degradation priority to the user of the format: this
 * library writes 1 for a sample that lost data on the way, and 0 otherwise.
 *
 * <p>Immutable.
 */
public final class SampleFlags {
  /** A sample at which decoding can start. */
  public static final int SYNC = 0x0200_0000;

  /** A sample that needs others. */
  public static final int NON_SYNC = 0x0101_0000;

  private static final int IS_NON_SYNC = 0x0001_0000;
  private static final int DEGRADATION_PRIORITY = 0xffff;
  private static final int DAMAGED = 1;

  private SampleFlags() {}

  /**
   * Returns the flags of a sample.
   *
   * @param sync whether decoding can start at it
   * @param damaged whether it lost data on the way
   * @return 32 bits as a file holds them
   */
  public static int of(boolean sync, boolean damaged) {
    return (sync ? SYNC : NON_SYNC) | (damaged ? DAMAGED : 0);
  }

  /**
   * Returns whether decoding can start at a sample.
   *
   * @param flags as a file holds them
   * @return true for a sync sample
   */
  public static boolean isSync(int flags) {
    return (flags & IS_NON_SYNC) == 0;
  }

  /**
   * Returns whether a sample lost data on the way.
   *
   * @param flags as a file of this library holds them
   * @return true for a damaged sample
   */
  public static boolean isDamaged(int flags) {
    return (flags & DEGRADATION_PRIORITY) == DAMAGED;
  }
}
