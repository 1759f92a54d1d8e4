package io.lva.processor;

import java.time.Duration;

/**
 * How much decoding the nodes of a runtime do; set with {@code
 * MediaRuntime.builder().option(PictureOptions.class, …)}.
 *
 * <p>Immutable.
 *
 * @param motionBytesPerSecond how many bytes of key pictures per second motion detection decodes
 *     for each camera, on average; more are skipped and counted. About 0.09 ms of a core per
 *     kilobyte with the native decoder. 1 or more
 * @param deadline how long a picture may wait and be decoded before it is given up; positive
 */
public record PictureOptions(long motionBytesPerSecond, Duration deadline) {
  private static final PictureOptions DEFAULTS = new PictureOptions(50_000, Duration.ofSeconds(3));

  /**
   * Checks the ranges.
   *
   * @param motionBytesPerSecond see above
   * @param deadline see above
   * @throws IllegalArgumentException when a value is not positive
   */
  public PictureOptions {
    if (motionBytesPerSecond < 1 || deadline.isZero() || deadline.isNegative()) {
      throw new IllegalArgumentException(
          motionBytesPerSecond + " bytes per second, deadline " + deadline);
    }
  }

  /**
   * Returns the usual options.
   *
   * @return 50 000 bytes per second and 3 seconds
   */
  public static PictureOptions defaults() {
    return DEFAULTS;
  }
}
