package io.lva.rtp;

import io.lva.rtp.payload.PayloadLimits;
import java.time.Duration;

/**
 * Limits and choices of a {@link SessionReceiver}.
 *
 * <p>Immutable; each {@code with} method returns changed options.
 */
public final class ReceiverOptions {
  private static final int MAXIMUM_REORDER_PACKETS = 16_384;
  private static final ReceiverOptions DEFAULTS = new ReceiverOptions();

  private boolean cameraClock;
  private int maximumAccessUnitBytes = 16 << 20;
  private int maximumNalUnits = 1024;
  private Duration maximumHold = Duration.ofSeconds(3);
  private int maximumHoldBytes = 2 << 20;
  private Duration senderReportTolerance = Duration.ofMillis(500);
  private Duration reorder = Duration.ofMillis(200);
  private int reorderPackets = 512;
  private Duration rivalHold = Duration.ofSeconds(5);

  private ReceiverOptions() {}

  /**
   * Returns the options of a live camera.
   *
   * @return access units up to 16 MiB and 1024 NAL units; 3 s or 2 MiB held at the start; sender
   *     reports believed up to 0.5 s off; datagrams put in order within 200 ms and 512 sequence
   *     numbers; packets of another source held for 5 s; the camera's media time not trusted as it
   *     is
   */
  public static ReceiverOptions defaults() {
    return DEFAULTS;
  }

  private ReceiverOptions copy() {
    ReceiverOptions copy = new ReceiverOptions();
    copy.cameraClock = cameraClock;
    copy.maximumAccessUnitBytes = maximumAccessUnitBytes;
    copy.maximumNalUnits = maximumNalUnits;
    copy.maximumHold = maximumHold;
    copy.maximumHoldBytes = maximumHoldBytes;
    copy.senderReportTolerance = senderReportTolerance;
    copy.reorder = reorder;
    copy.reorderPackets = reorderPackets;
    copy.rivalHold = rivalHold;
    return copy;
  }

  /**
   * Sets whether the camera's media time is trusted as it is, for replay: UTC starts from the first
   * arrival, or from a sender report that comes first, and goes on by media time; pace and drift
   * are ignored.
   *
   * @param trusted true for replay
   * @return the changed options
   */
  public ReceiverOptions withCameraClock(boolean trusted) {
    ReceiverOptions copy = copy();
    copy.cameraClock = trusted;
    return copy;
  }

  /**
   * Limits the size of an access unit; a larger one is dropped.
   *
   * @param bytes at least 1
   * @param nalUnits at least 1
   * @return the changed options
   * @throws IllegalArgumentException when a limit is below 1
   */
  public ReceiverOptions withMaximumAccessUnit(int bytes, int nalUnits) {
    if (bytes < 1 || nalUnits < 1) {
      throw new IllegalArgumentException(bytes + " bytes and " + nalUnits + " NAL units");
    }
    ReceiverOptions copy = copy();
    copy.maximumAccessUnitBytes = bytes;
    copy.maximumNalUnits = nalUnits;
    return copy;
  }

  /**
   * Limits what is held at the start of a connection, until tracks and clock are known. At a limit,
   * the access units of the master are delivered, or dropped if their parameter sets are unknown.
   * The byte limit also applies to each other track, whose oldest access units then make room.
   *
   * @param hold not negative
   * @param bytes not negative
   * @return the changed options
   * @throws IllegalArgumentException when a limit is negative
   */
  public ReceiverOptions withMaximumHold(Duration hold, int bytes) {
    if (hold.isNegative() || bytes < 0) {
      throw new IllegalArgumentException(hold + " and " + bytes + " bytes");
    }
    ReceiverOptions copy = copy();
    copy.maximumHold = hold;
    copy.maximumHoldBytes = bytes;
    return copy;
  }

  /**
   * Sets how far a sender report may be from the time of arrival to be believed. With {@link
   * #withCameraClock} the limit is 5 s, whatever is set here.
   *
   * @param tolerance zero to believe no report
   * @return the changed options
   * @throws IllegalArgumentException when it is negative
   */
  public ReceiverOptions withSenderReportTolerance(Duration tolerance) {
    if (tolerance.isNegative()) {
      throw new IllegalArgumentException("negative tolerance " + tolerance);
    }
    ReceiverOptions copy = copy();
    copy.senderReportTolerance = tolerance;
    return copy;
  }

  /**
   * Sets how datagrams are put in order.
   *
   * @param wait how long a packet waits for earlier ones; with zero it does not wait, and late
   *     packets are dropped
   * @param packets how many sequence numbers a packet may be ahead, 1 to 16384; rounded up to a
   *     power of two
   * @return the changed options
   * @throws IllegalArgumentException when a value is out of range
   */
  public ReceiverOptions withReorder(Duration wait, int packets) {
    if (wait.isNegative() || packets < 1 || packets > MAXIMUM_REORDER_PACKETS) {
      throw new IllegalArgumentException("order restored in " + wait + " and " + packets);
    }
    ReceiverOptions copy = copy();
    copy.reorder = wait;
    copy.reorderPackets = packets;
    return copy;
  }

  /**
   * Sets how long packets from another synchronization source are held before they are accepted as
   * those of the stream, provided that no packet from the known source comes in the meantime.
   * Sixteen in a row are accepted at once.
   *
   * @param hold not negative
   * @return the changed options
   * @throws IllegalArgumentException when it is negative
   */
  public ReceiverOptions withRivalHold(Duration hold) {
    if (hold.isNegative()) {
      throw new IllegalArgumentException("packets held for " + hold);
    }
    ReceiverOptions copy = copy();
    copy.rivalHold = hold;
    return copy;
  }

  boolean cameraClock() {
    return cameraClock;
  }

  PayloadLimits payloadLimits() {
    return new PayloadLimits(maximumAccessUnitBytes, maximumNalUnits);
  }

  long maximumHoldNanos() {
    return maximumHold.toNanos();
  }

  int maximumHoldBytes() {
    return maximumHoldBytes;
  }

  long reorderNanos() {
    return reorder.toNanos();
  }

  /** Returns the size of the reordering window in packets, a power of two. */
  int reorderPackets() {
    return Integer.highestOneBit(2 * reorderPackets - 1);
  }

  long rivalHoldNanos() {
    return rivalHold.toNanos();
  }

  long senderReportToleranceNanos() {
    return senderReportTolerance.toNanos();
  }
}
