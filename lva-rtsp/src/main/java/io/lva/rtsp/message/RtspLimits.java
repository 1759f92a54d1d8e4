package io.lva.rtsp.message;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * How much a peer may send in one message.
 *
 * <p>Immutable.
 *
 * @param lineBytes length of the longest line, and of the longest value of a field that is folded
 *     over several lines; positive
 * @param headerFields the largest number of header fields, and of folded lines; positive
 * @param bodyBytes length of the longest body, not negative
 * @param skippedBytes how much may be skipped that is not understood before the connection is given
 *     up; positive
 */
@CheckReturnValue
public record RtspLimits(int lineBytes, int headerFields, int bodyBytes, int skippedBytes) {
  /** 8 KiB per line, 128 fields, 256 KiB of body, 4 MiB of noise. */
  public static final RtspLimits DEFAULT = new RtspLimits(8192, 128, 256 * 1024, 4 * 1024 * 1024);

  /**
   * Checks the limits.
   *
   * @param lineBytes see above
   * @param headerFields see above
   * @param bodyBytes see above
   * @param skippedBytes see above
   * @throws IllegalArgumentException when a limit is out of range
   */
  public RtspLimits {
    if (lineBytes < 1 || headerFields < 1 || bodyBytes < 0 || skippedBytes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
