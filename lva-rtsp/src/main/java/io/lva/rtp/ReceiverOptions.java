package io.lva.rtp;

import io.lva.rtp.payload.PayloadLimits;
import java.time.Duration;

/**
 * Limits and choices of a {@link SessionReceiver}.
 *
 * <p>Immutable; each {@code with} method returns changed options.
 */
public final class ReceiverOptions {
  /** Packets within which the order of datagrams is restored. */
  static final int REORDER_PACKETS = 512;

  private static final ReceiverOptions DEFAULTS =
      new ReceiverOptions(
          false,
          16 << 20,
          1024,
          Duration.ofSeconds(3),
          2 << 20,
          Duration.ofMillis(500),
          Duration.ofMillis(200));

  private final boolean cameraClock;
  private final int maximumAccessUnitBytes;
  private final int maximumNalUnits;
  private final Duration maximumHold;
  private final int maximumHoldBytes;
  private final Duration senderReportTolerance;
  private final Duration reorder;

  private ReceiverOptions(
      boolean cameraClock,
      int maximumAccessUnitBytes,
      int maximumNalUnits,
      Duration maximumHold,
      int maximumHoldBytes,
      Duration senderReportTolerance,
      Duration reorder) {
    this.cameraClock = cameraClock;
    this.maximumAccessUnitBytes = maximumAccessUnitBytes;
    this.maximumNalUnits = maximumNalUnits;
    this.maximumHold = maximumHold;
    this.maximumHoldBytes = maximumHoldBytes;
    this.senderReportTolerance = senderReportTolerance;
    this.reorder = reorder;
  }

  /**
   * Returns the options of a live camera.
   *
   * @return access units up to 16 MiB and 1024 NAL units; 3 s or 2 MiB held at the start; sender
   *     reports believed up to 0.5 s off
   */
  public static ReceiverOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets whether the camera's media time is trusted as it is, for replay: UTC is the first arrival
   * plus media time, without pace check and drift.
   *
   * @param cameraClock true for replay
   * @return the changed options
   */
  public ReceiverOptions withCameraClock(boolean cameraClock) {
    return new ReceiverOptions(
        cameraClock,
        maximumAccessUnitBytes,
        maximumNalUnits,
        maximumHold,
        maximumHoldBytes,
        senderReportTolerance,
        reorder);
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
    return new ReceiverOptions(
        cameraClock,
        bytes,
        nalUnits,
        maximumHold,
        maximumHoldBytes,
        senderReportTolerance,
        reorder);
  }

  /**
   * Limits what is held at the start of a connection, until tracks and clock are known.
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
    return new ReceiverOptions(
        cameraClock,
        maximumAccessUnitBytes,
        maximumNalUnits,
        hold,
        bytes,
        senderReportTolerance,
        reorder);
  }

  /**
   * Sets how far a sender report may be from the time of arrival to be believed.
   *
   * @param tolerance zero to believe none
   * @return the changed options
   * @throws IllegalArgumentException when it is negative
   */
  public ReceiverOptions withSenderReportTolerance(Duration tolerance) {
    if (tolerance.isNegative()) {
      throw new IllegalArgumentException("negative tolerance " + tolerance);
    }
    return new ReceiverOptions(
        cameraClock,
        maximumAccessUnitBytes,
        maximumNalUnits,
        maximumHold,
        maximumHoldBytes,
        tolerance,
        reorder);
  }

  /**
   * Sets how long packets that came by datagrams wait for earlier ones.
   *
   * @param wait zero to take packets as they come
   * @return the changed options
   * @throws IllegalArgumentException when it is negative
   */
  public ReceiverOptions withReorder(Duration wait) {
    if (wait.isNegative()) {
      throw new IllegalArgumentException("negative wait " + wait);
    }
    return new ReceiverOptions(
        cameraClock,
        maximumAccessUnitBytes,
        maximumNalUnits,
        maximumHold,
        maximumHoldBytes,
        senderReportTolerance,
        wait);
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

  long senderReportToleranceNanos() {
    return senderReportTolerance.toNanos();
  }
}
