package io.lva.rtp;

import io.lva.media.GapCause;

/**
 * Puts the access units of one stream together from its packets; one implementation a payload
 * format.
 *
 * <p>Confined to its media loop.
 */
interface Depacketizer {
  /** Takes what a depacketizer puts together, in decode order. */
  interface Output {
    /**
     * Takes one complete access unit.
     *
     * @param unit its data is valid during this call unless kept
     */
    void accessUnit(AccessUnit unit);

    /**
     * Says that at least one access unit is missing here.
     *
     * @param cause why
     */
    void missing(GapCause cause);
  }

  /**
   * Takes the next packet in order.
   *
   * @param packet read during the call
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   */
  void packet(RtpPacket packet, long nanoTime, long utcNanos);

  /** Says that packets are missing in front of the next one. */
  void lost();

  /** Delivers what is known to be complete and drops the rest: no packet follows. */
  void flush();

  /** Returns where the parameters in force come from. */
  ParameterSetOrigin parameterSets();
}
