package io.lva.processor;

import java.time.Duration;

/**
 * Limits how much the nodes of a runtime decode. The options are set with {@code
 * MediaRuntime.builder().option(PictureOptions.class, …)}.
 *
 * <p>Immutable.
 *
 * @param motionBytesPerSecond how many bytes of key pictures per second motion detection decodes
 *     for each camera, on average, 1 or more; further pictures are skipped and counted. The native
 *     decoder takes about 0.09 ms of a core per kilobyte
 * @param deadline how long a picture may take, waiting and decoding together, before it is given
 *     up; positive
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
