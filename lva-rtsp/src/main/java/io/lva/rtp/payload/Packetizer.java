package io.lva.rtp.payload;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Splits samples into RTP payloads.
 *
 * <p>Implementations are immutable.
 */
@FunctionalInterface
public interface Packetizer {
  /** Takes the payloads of a sample. */
  @FunctionalInterface
  interface Output {
    /**
     * Takes one payload.
     *
     * @param payload read from position to limit; it may share the memory of the sample
     * @param marker whether the marker bit of the packet is set
     */
    void payload(ByteBuffer payload, boolean marker);
  }

  /**
   * Splits one sample.
   *
   * @param units the NAL units of an access unit without start codes, or a single audio frame; each
   *     is read from position to limit and not moved; none is empty
   * @param output takes the payloads in order
   * @throws IllegalArgumentException when a unit is larger than the payload format allows
   */
  void packetize(List<ByteBuffer> units, Output output);
}
