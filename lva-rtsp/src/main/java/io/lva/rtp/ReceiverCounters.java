package io.lva.rtp;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the parts of a receiver count while they work; {@link ReceiverStatistics} is its snapshot.
 *
 * <p>Confined to its media loop.
 */
final class ReceiverCounters {
  private static final int MAXIMUM_DEVIATIONS = 64;

  long samples;
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
  private final Set<String> deviations = new LinkedHashSet<>();

  /**
   * Notes a deviation from the standards that was worked around.
   *
   * @param text short, the same text for the same deviation
   */
  void deviation(String text) {
    if (deviations.size() < MAXIMUM_DEVIATIONS) {
      deviations.add(text);
    }
  }

  /** Returns a view of the deviations so far. */
  Set<String> deviations() {
    return deviations;
  }
}
