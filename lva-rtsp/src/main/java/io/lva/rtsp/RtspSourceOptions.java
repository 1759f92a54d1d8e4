package io.lva.rtsp;

import java.time.Duration;

/**
 * How all RTSP sources of a runtime wait, try again and bound what they take; to be given with
 * {@code MediaRuntime.builder().option(RtspSourceOptions.class, …)}.
 *
 * <p>Immutable.
 */
public final class RtspSourceOptions {
  private static final RtspSourceOptions DEFAULTS =
      new RtspSourceOptions(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          16 << 20);

  private final Duration connectTimeout;
  private final Duration mediaTimeout;
  private final Duration minimumDelay;
  private final Duration maximumDelay;
  private final int maximumAccessUnitBytes;

  private RtspSourceOptions(
      Duration connectTimeout,
      Duration mediaTimeout,
      Duration minimumDelay,
      Duration maximumDelay,
      int maximumAccessUnitBytes) {
    this.connectTimeout = connectTimeout;
    this.mediaTimeout = mediaTimeout;
    this.minimumDelay = minimumDelay;
    this.maximumDelay = maximumDelay;
    this.maximumAccessUnitBytes = maximumAccessUnitBytes;
  }

  /**
   * Returns the usual options.
   *
   * @return time-outs of 10 s, delays of 0.5 s to 30 s, access units of 16 MiB
   */
  public static RtspSourceOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets how long to wait.
   *
   * @param connect for the connection, and for each response before media comes; positive
   * @param media for the next packet; positive
   * @return the changed options
   * @throws IllegalArgumentException when a time is not positive
   */
  public RtspSourceOptions withTimeouts(Duration connect, Duration media) {
    if (connect.isNegative() || connect.isZero() || media.isNegative() || media.isZero()) {
      throw new IllegalArgumentException("time-outs of " + connect + " and " + media);
    }
    return new RtspSourceOptions(
        connect, media, minimumDelay, maximumDelay, maximumAccessUnitBytes);
  }

  /**
   * Sets the delay between attempts: it grows by a quarter from attempt to attempt.
   *
   * @param minimum the first delay, positive
   * @param maximum the longest delay, not below the first
   * @return the changed options
   * @throws IllegalArgumentException when a delay is out of range
   */
  public RtspSourceOptions withReconnectDelay(Duration minimum, Duration maximum) {
    if (minimum.isNegative() || minimum.isZero() || maximum.compareTo(minimum) < 0) {
      throw new IllegalArgumentException("delays of " + minimum + " to " + maximum);
    }
    return new RtspSourceOptions(
        connectTimeout, mediaTimeout, minimum, maximum, maximumAccessUnitBytes);
  }

  /**
   * Sets how large a picture may be; a larger one is dropped and counted.
   *
   * @param bytes at least 1
   * @return the changed options
   * @throws IllegalArgumentException when it is less
   */
  public RtspSourceOptions withMaximumAccessUnit(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("access units of " + bytes + " bytes");
    }
    return new RtspSourceOptions(connectTimeout, mediaTimeout, minimumDelay, maximumDelay, bytes);
  }

  /**
   * Returns how long to wait for the connection and for each response.
   *
   * @return positive
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * Returns how long to wait for the next packet.
   *
   * @return positive
   */
  public Duration mediaTimeout() {
    return mediaTimeout;
  }

  /**
   * Returns the first delay between attempts.
   *
   * @return positive
   */
  public Duration minimumDelay() {
    return minimumDelay;
  }

  /**
   * Returns the longest delay between attempts.
   *
   * @return not below the first
   */
  public Duration maximumDelay() {
    return maximumDelay;
  }

  /**
   * Returns how large a picture may be.
   *
   * @return bytes
   */
  public int maximumAccessUnitBytes() {
    return maximumAccessUnitBytes;
  }
}
