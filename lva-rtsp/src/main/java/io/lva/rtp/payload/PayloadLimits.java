package io.lva.rtp.payload;

/**
 * Limits what a depacketizer puts together; an access unit beyond the limits is dropped.
 *
 * <p>Immutable.
 *
 * @param accessUnitBytes largest access unit, at least 1
 * @param nalUnits largest number of NAL units in one access unit, at least 1
 */
public record PayloadLimits(int accessUnitBytes, int nalUnits) {
  /**
   * Checks the limits.
   *
   * @param accessUnitBytes at least 1
   * @param nalUnits at least 1
   * @throws IllegalArgumentException when a limit is below 1
   */
  public PayloadLimits {
    if (accessUnitBytes < 1 || nalUnits < 1) {
      throw new IllegalArgumentException(accessUnitBytes + " bytes and " + nalUnits + " NAL units");
    }
  }
}
