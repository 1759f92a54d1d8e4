package io.lva.rtp.payload;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.rtsp.DeviationSink;
import java.util.Optional;

/**
 * Puts the access units of one stream together from its packets. Each payload format has its own
 * implementation.
 *
 * <p>Confined to its media loop.
 */
public interface Depacketizer {
  /** Takes what a depacketizer puts together, in decode order, and what it worked around. */
  interface Output extends DeviationSink {
    /**
     * Takes one complete access unit.
     *
     * @param unit its data is valid during this call unless it is kept
     */
    void accessUnit(AccessUnit unit);

    /**
     * Notes that at least one access unit is missing here.
     *
     * @param cause why it is missing
     */
    void missing(GapCause cause);

    /** Counts an access unit that came in part and was dropped. */
    void dropped();
  }

  /**
   * Takes the next packet in order.
   *
   * @param packet valid and read during the call only
   * @param nanoTime when it arrived, in nanoseconds of monotonic time
   * @param utcNanos when it arrived, in nanoseconds since the Unix epoch on the clock of the host
   */
  void packet(RtpPacket packet, long nanoTime, long utcNanos);

  /** Notes that packets are missing before the next one. */
  void lost();

  /** Delivers what is known to be complete and drops the rest: no packet follows. */
  void flush();

  /**
   * Returns the parameters that are known without any packet.
   *
   * @return what the session description says; empty when it does not say enough
   */
  default Optional<CodecParameters> described() {
    return Optional.empty();
  }

  /**
   * Returns where the parameters in force come from.
   *
   * @return the origin; unless overridden, {@link ParameterSetOrigin#SDP}, for codecs that need no
   *     more than the description
   */
  default ParameterSetOrigin parameterSets() {
    return ParameterSetOrigin.SDP;
  }
}
