package io.lva.rtp;

/**
 * What the parts of a receiver count while they work; {@link ReceiverStatistics} is a snapshot of
 * these counts.
 *
 * <p>Confined to its media loop.
 */
final class ReceiverCounters {
  long samples;
  long masterSamples;
  long sampleBytes;
  long syncSamples;
  long droppedAccessUnits;
  long packets;
  long lostPackets;
  long duplicatePackets;
  long foreignPackets;
  long malformedPackets;
  long filteredTimestamps;
  long gaps;
  final Deviations deviations = new Deviations();
}
