package io.lva.rtp;

import io.lva.media.UtcSource;
import io.lva.rtp.payload.ParameterSetOrigin;
import io.lva.rtsp.SeenDeviation;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link SessionReceiver} has counted over all its connections.
 *
 * <p>Immutable.
 *
 * @param samples number of samples delivered
 * @param masterSamples number of samples of the master track delivered; the master is the video if
 *     there is one
 * @param sampleBytes number of bytes delivered
 * @param syncSamples number of samples delivered at which decoding can start
 * @param droppedAccessUnits number of access units that came but were not delivered, in whole or in
 *     part
 * @param packets number of packets of the tracks that are received
 * @param lostPackets number of packets that the sequence numbers say are missing
 * @param duplicatePackets number of packets that came again or too late
 * @param foreignPackets number of packets of another payload type or synchronization source, or of
 *     a stream that was not set up
 * @param malformedPackets number of packets that are neither RTP nor RTCP, or are cut short
 * @param filteredTimestamps number of timestamps that were off the time line and replaced
 * @param gaps number of gaps opened
 * @param parameterSets where the parameter sets in force were found
 * @param utcSource where UTC comes from; empty before the first sample of a connection
 * @param utcErrorNanos how far UTC may be off; meaningless while {@code utcSource} is empty
 * @param deviations deviations from the standards that were worked around, in the order in which
 *     they were first seen
 */
public record ReceiverStatistics(
    long samples,
    long masterSamples,
    long sampleBytes,
    long syncSamples,
    long droppedAccessUnits,
    long packets,
    long lostPackets,
    long duplicatePackets,
    long foreignPackets,
    long malformedPackets,
    long filteredTimestamps,
    long gaps,
    ParameterSetOrigin parameterSets,
    Optional<UtcSource> utcSource,
    long utcErrorNanos,
    List<SeenDeviation> deviations) {
  /**
   * Copies the list.
   *
   * @param samples see above
   * @param masterSamples see above
   * @param sampleBytes see above
   * @param syncSamples see above
   * @param droppedAccessUnits see above
   * @param packets see above
   * @param lostPackets see above
   * @param duplicatePackets see above
   * @param foreignPackets see above
   * @param malformedPackets see above
   * @param filteredTimestamps see above
   * @param gaps see above
   * @param parameterSets see above
   * @param utcSource see above
   * @param utcErrorNanos see above
   * @param deviations see above
   */
  public ReceiverStatistics {
    deviations = List.copyOf(deviations);
  }
}
