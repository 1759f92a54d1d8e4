package io.lva.rtsp;

import com.google.errorprone.annotations.CheckReturnValue;
import io.lva.graph.Transport;
import io.lva.media.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where a camera is, how its media is received, and how long to wait for it.
 *
 * <p>Immutable; each {@code with} method returns changed options.
 */
@CheckReturnValue
public final class RtspOptions {
  private final RtspUrl url;
  private Optional<RtspCredentials> credentials;
  private boolean cameraClock;
  private Transport transport = Transport.TCP;
  private TlsTrust trust = TlsTrust.OF_HOST;
  private Set<MediaType> media = Set.of(MediaType.values());
  private RtspSourceOptions common = RtspSourceOptions.defaults();

  private RtspOptions(RtspUrl url, Optional<RtspCredentials> credentials) {
    this.url = url;
    this.credentials = credentials;
  }

  /**
   * Creates options for a live camera.
   *
   * @param url its credentials are used unless others are set
   * @return options with the defaults: TCP, time-outs of 10 s for the connection, each response and
   *     the next packet, and 0.5 to 30 s between attempts
   */
  public static RtspOptions of(RtspUrl url) {
    return new RtspOptions(url, url.credentials());
  }

  private RtspOptions copy(RtspUrl other) {
    RtspOptions copy = new RtspOptions(other, credentials);
    copy.cameraClock = cameraClock;
    copy.transport = transport;
    copy.trust = trust;
    copy.media = media;
    copy.common = common;
    return copy;
  }

  /**
   * Sets the times and bounds that all sources have in common.
   *
   * @param options the options of all sources
   * @return the changed options
   */
  public RtspOptions withCommon(RtspSourceOptions options) {
    RtspOptions copy = copy(url);
    copy.common = options;
    return copy;
  }

  /**
   * Sets the user name and password.
   *
   * @param user the user name and password of the camera
   * @return the changed options
   */
  public RtspOptions withCredentials(RtspCredentials user) {
    RtspOptions copy = copy(url);
    copy.credentials = Optional.of(user);
    return copy;
  }

  /**
   * Sets whether the media time of the source is trusted, as it should be for a replay. Reading
   * from a trusted source pauses while the consumer has no room.
   *
   * @param trusted true for a replay; false, the default, for a live camera
   * @return the changed options
   */
  public RtspOptions withCameraClock(boolean trusted) {
    RtspOptions copy = copy(url);
    copy.cameraClock = trusted;
    return copy;
  }

  /**
   * Sets how media travels.
   *
   * @param how see {@link Transport}
   * @return the changed options
   */
  public RtspOptions withTransport(Transport how) {
    RtspOptions copy = copy(url);
    copy.transport = how;
    return copy;
  }

  /**
   * Sets which certificates are trusted over TLS.
   *
   * @param trusted the certificates; by default, those that this host trusts
   * @return the changed options
   */
  public RtspOptions withTrust(TlsTrust trusted) {
    RtspOptions copy = copy(url);
    copy.trust = trusted;
    return copy;
  }

  /**
   * Sets which of the streams that can be received are set up.
   *
   * @param types the types of media wanted
   * @return the changed options
   */
  public RtspOptions withMedia(Set<MediaType> types) {
    RtspOptions copy = copy(url);
    copy.media = Set.copyOf(types);
    return copy;
  }

  /**
   * Sets how long to wait.
   *
   * @param connect for the connection, and for each response before media comes; positive
   * @param media for the next packet of the video, or of the first stream when there is no video;
   *     positive. The wait for the first datagram is always 3 s
   * @return the changed options
   * @throws IllegalArgumentException when a time is not positive
   */
  public RtspOptions withTimeouts(Duration connect, Duration media) {
    return withCommon(common.withTimeouts(connect, media));
  }

  /**
   * Sets the delay between attempts: it grows by a quarter from attempt to attempt, and each delay
   * is shortened at random by up to a quarter. After credentials have been refused, the longest
   * delay is used.
   *
   * @param minimum the first delay, positive
   * @param maximum the longest delay, not below the first
   * @return the changed options
   * @throws IllegalArgumentException when a delay is out of range
   */
  public RtspOptions withReconnectDelay(Duration minimum, Duration maximum) {
    return withCommon(common.withReconnectDelay(minimum, maximum));
  }

  /**
   * Replaces the URL and keeps the credentials, even when the new URL holds others.
   *
   * @param other the new URL
   * @return the changed options
   */
  public RtspOptions withUrl(RtspUrl other) {
    return copy(other);
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
   * Returns the user name and password.
   *
   * @return the credentials; empty when none are set
   */
  public Optional<RtspCredentials> credentials() {
    return credentials;
  }

  /**
   * Returns whether the media time of the source is trusted.
   *
   * @return true for a replay
   */
  public boolean cameraClock() {
    return cameraClock;
  }

  /**
   * Returns how media travels.
   *
   * @return the transport; TCP unless it was set
   */
  public Transport transport() {
    return transport;
  }

  /**
   * Returns which certificates are trusted.
   *
   * @return the certificates that this host trusts unless others were set
   */
  public TlsTrust trust() {
    return trust;
  }

  /**
   * Returns which of the streams that can be received are set up.
   *
   * @return the types of media; all types unless some were set
   */
  public Set<MediaType> media() {
    return media;
  }

  /**
   * Returns what all sources have in common.
   *
   * @return times and bounds
   */
  public RtspSourceOptions common() {
    return common;
  }

  /**
   * Returns how long to wait for the connection, and for each response before media comes.
   *
   * @return a positive time
   */
  public Duration connectTimeout() {
    return common.connectTimeout();
  }

  /**
   * Returns how long to wait for the next packet.
   *
   * @return a positive time
   */
  public Duration mediaTimeout() {
    return common.mediaTimeout();
  }

  /**
   * Returns the first delay between attempts.
   *
   * @return a positive time
   */
  public Duration minimumDelay() {
    return common.minimumDelay();
  }

  /**
   * Returns the longest delay between attempts.
   *
   * @return the longest delay, not below the first
   */
  public Duration maximumDelay() {
    return common.maximumDelay();
  }
}
