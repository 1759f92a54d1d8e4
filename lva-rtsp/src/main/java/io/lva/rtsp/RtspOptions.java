package io.lva.rtsp;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a camera is, and how long to wait for it.
 *
 * <p>Immutable; each {@code with} method returns changed options.
 */
@CheckReturnValue
public final class RtspOptions {
  private final RtspUrl url;
  private final Optional<RtspCredentials> credentials;
  private final boolean cameraClock;
  private final Duration connectTimeout;
  private final Duration mediaTimeout;
  private final Duration minimumDelay;
  private final Duration maximumDelay;

  private RtspOptions(
      RtspUrl url,
      Optional<RtspCredentials> credentials,
      boolean cameraClock,
      Duration connectTimeout,
      Duration mediaTimeout,
      Duration minimumDelay,
      Duration maximumDelay) {
    this.url = url;
    this.credentials = credentials;
    this.cameraClock = cameraClock;
    this.connectTimeout = connectTimeout;
    this.mediaTimeout = mediaTimeout;
    this.minimumDelay = minimumDelay;
    this.maximumDelay = maximumDelay;
  }

  /**
   * Makes the options of a live camera.
   *
   * @param url its credentials are used unless others are set
   * @return 10 s to connect, to answer and without media; 0.5 to 30 s between attempts
   */
  public static RtspOptions of(RtspUrl url) {
    return new RtspOptions(
        url,
        url.credentials(),
        false,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(30));
  }

  /**
   * Sets user and password.
   *
   * @param user and password of the camera
   * @return the changed options
   */
  public RtspOptions withCredentials(RtspCredentials user) {
    return new RtspOptions(
        url,
        Optional.of(user),
        cameraClock,
        connectTimeout,
        mediaTimeout,
        minimumDelay,
        maximumDelay);
  }

  /**
   * Trusts the media time of a source that replays, and holds it back when the consumer has no
   * room.
   *
   * @param trusted true for replay
   * @return the changed options
   */
  public RtspOptions withCameraClock(boolean trusted) {
    return new RtspOptions(
        url, credentials, trusted, connectTimeout, mediaTimeout, minimumDelay, maximumDelay);
  }

  /**
   * Sets how long to wait.
   *
   * @param connect for the connection, and for each answer before media comes; positive
   * @param media for the next packet, positive
   * @return the changed options
   * @throws IllegalArgumentException when a time is not positive
   */
  public RtspOptions withTimeouts(Duration connect, Duration media) {
    if (connect.isNegative() || connect.isZero() || media.isNegative() || media.isZero()) {
      throw new IllegalArgumentException("timeouts " + connect + " and " + media);
    }
    return new RtspOptions(
        url, credentials, cameraClock, connect, media, minimumDelay, maximumDelay);
  }

  /**
   * Sets the delay between attempts: it grows by a quarter from attempt to attempt.
   *
   * @param minimum the first delay, positive
   * @param maximum the longest delay, not below the first
   * @return the changed options
   * @throws IllegalArgumentException when a delay is out of range
   */
  public RtspOptions withReconnectDelay(Duration minimum, Duration maximum) {
    if (minimum.isNegative() || minimum.isZero() || maximum.compareTo(minimum) < 0) {
      throw new IllegalArgumentException("delays " + minimum + " to " + maximum);
    }
    return new RtspOptions(
        url, credentials, cameraClock, connectTimeout, mediaTimeout, minimum, maximum);
  }

  /**
   * Changes the camera; its credentials stay.
   *
   * @param other of the camera
   * @return the changed options
   */
  public RtspOptions withUrl(RtspUrl other) {
    return new RtspOptions(
        other, credentials, cameraClock, connectTimeout, mediaTimeout, minimumDelay, maximumDelay);
  }

  /**
   * Returns where the camera is.
   *
   * @return its URL
   */
  public RtspUrl url() {
    return url;
  }

  /**
   * Returns user and password.
   *
   * @return empty for an open camera
   */
  public Optional<RtspCredentials> credentials() {
    return credentials;
  }

  /**
   * Returns whether the media time of the source is trusted.
   *
   * @return true for replay
   */
  public boolean cameraClock() {
    return cameraClock;
  }

  /**
   * Returns how long to wait for the connection, and for each response before media comes.
   *
   * @return a positive time
   */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * Returns how long to wait for the next packet.
   *
   * @return a positive time
   */
  public Duration mediaTimeout() {
    return mediaTimeout;
  }

  /**
   * Returns the first delay between attempts.
   *
   * @return a positive time
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
}
