package io.lva.rtsp;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;

/**
 * How long all RTSP sources of a runtime wait, when they try again, and how much they accept. They
 * are set with {@code MediaRuntime.builder().option(RtspSourceOptions.class, …)}.
 *
 * <p>Immutable; each {@code with} method returns changed options.
 */
@CheckReturnValue
public final class RtspSourceOptions {
  private static final int MAXIMUM_REORDER_PACKETS = 16_384;
  private static final RtspSourceOptions DEFAULTS = new RtspSourceOptions();

  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration mediaTimeout = Duration.ofSeconds(10);
  private Duration minimumDelay = Duration.ofMillis(500);
  private Duration maximumDelay = Duration.ofSeconds(30);
  private int maximumAccessUnitBytes = 16 << 20;
  private Duration reorder = Duration.ofMillis(200);
  private int reorderPackets = 512;
  private Duration rivalHold = Duration.ofSeconds(5);

  private RtspSourceOptions() {}

  /**
   * Returns the usual options.
   *
   * @return time-outs of 10 s, delays of 0.5 s to 30 s, access units of up to 16 MiB, datagrams put
   *     in order within 200 ms and 512 packets, packets of another SSRC held for 5 s
   */
  public static RtspSourceOptions defaults() {
    return DEFAULTS;
  }

  private RtspSourceOptions copy() {
    RtspSourceOptions copy = new RtspSourceOptions();
    copy.connectTimeout = connectTimeout;
    copy.mediaTimeout = mediaTimeout;
    copy.minimumDelay = minimumDelay;
    copy.maximumDelay = maximumDelay;
    copy.maximumAccessUnitBytes = maximumAccessUnitBytes;
    copy.reorder = reorder;
    copy.reorderPackets = reorderPackets;
    copy.rivalHold = rivalHold;
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
  public RtspSourceOptions withTimeouts(Duration connect, Duration media) {
    if (connect.isNegative() || connect.isZero() || media.isNegative() || media.isZero()) {
      throw new IllegalArgumentException("time-outs of " + connect + " and " + media);
    }
    RtspSourceOptions copy = copy();
    copy.connectTimeout = connect;
    copy.mediaTimeout = media;
    return copy;
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
  public RtspSourceOptions withReconnectDelay(Duration minimum, Duration maximum) {
    if (minimum.isNegative() || minimum.isZero() || maximum.compareTo(minimum) < 0) {
      throw new IllegalArgumentException("delays of " + minimum + " to " + maximum);
    }
    RtspSourceOptions copy = copy();
    copy.minimumDelay = minimum;
    copy.maximumDelay = maximum;
    return copy;
  }

  /**
   * Sets how large a picture or audio frame may be; a larger one is dropped.
   *
   * @param bytes at least 1
   * @return the changed options
   * @throws IllegalArgumentException when it is less
   */
  public RtspSourceOptions withMaximumAccessUnit(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("access units of " + bytes + " bytes");
    }
    RtspSourceOptions copy = copy();
    copy.maximumAccessUnitBytes = bytes;
    return copy;
  }

  /**
   * Sets how datagrams are put in order: how long a packet waits for earlier ones, and how far
   * ahead of them it may be.
   *
   * @param wait zero to take packets as they come
   * @param packets how far ahead, in sequence numbers, 1 to 16384; rounded up to a power of two
   * @return the changed options
   * @throws IllegalArgumentException when a value is out of range
   */
  public RtspSourceOptions withReorder(Duration wait, int packets) {
    if (wait.isNegative() || packets < 1 || packets > MAXIMUM_REORDER_PACKETS) {
      throw new IllegalArgumentException("order restored in " + wait + " and " + packets);
    }
    RtspSourceOptions copy = copy();
    copy.reorder = wait;
    copy.reorderPackets = packets;
    return copy;
  }

  /**
   * Sets how long packets from another synchronization source are held, while none arrive from the
   * known one, before they are accepted as the camera's. Sixteen such packets in a row are always
   * accepted.
   *
   * @param hold not negative
   * @return the changed options
   * @throws IllegalArgumentException when it is negative
   */
  public RtspSourceOptions withRivalHold(Duration hold) {
    if (hold.isNegative()) {
      throw new IllegalArgumentException("packets held for " + hold);
    }
    RtspSourceOptions copy = copy();
    copy.rivalHold = hold;
    return copy;
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
   * @return the first delay, positive
   */
  public Duration minimumDelay() {
    return minimumDelay;
  }

  /**
   * Returns the longest delay between attempts.
   *
   * @return the longest delay, not below the first
   */
  public Duration maximumDelay() {
    return maximumDelay;
  }

  /**
   * Returns how large a picture or audio frame may be.
   *
   * @return the size in bytes, at least 1
   */
  public int maximumAccessUnitBytes() {
    return maximumAccessUnitBytes;
  }

  /**
   * Returns how long a datagram waits for earlier ones.
   *
   * @return the time; zero when packets are taken as they come
   */
  public Duration reorder() {
    return reorder;
  }

  /**
   * Returns how far apart two packets may be and still be put in order.
   *
   * @return the distance in sequence numbers, 1 to 16384
   */
  public int reorderPackets() {
    return reorderPackets;
  }

  /**
   * Returns how long packets of another synchronization source are held.
   *
   * @return the time, not negative
   */
  public Duration rivalHold() {
    return rivalHold;
  }
}
