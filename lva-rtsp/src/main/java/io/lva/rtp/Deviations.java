package io.lva.rtp;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.DeviationSink;
import io.lva.rtsp.SeenDeviation;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts deviations, and keeps the evidence and the place of the first one of each kind. Evidence
 * is formatted only for the first one, in at most 160 characters; after that nothing is allocated.
 * For {@link Deviation#OTHER}, each text of evidence is a kind of its own; after 16 such kinds,
 * further ones are not counted.
 *
 * <p>Confined to its media loop.
 */
public final class Deviations implements DeviationSink {
  private static final int MAXIMUM_OTHERS = 16;
  private static final int MAXIMUM_EVIDENCE = 160;

  private final List<Entry> entries = new ArrayList<>();
  private String place = "before the first message";
  private boolean atPacket;
  private int track;
  private int sequenceNumber;
  private int timestamp;

  private static final class Entry {
    private final Deviation deviation;
    private final String pattern;
    private final String evidence;
    private final String first;
    private long count = 1;

    Entry(Deviation deviation, String pattern, String evidence, String first) {
      this.deviation = deviation;
      this.pattern = pattern;
      this.evidence = evidence;
      this.first = first;
    }

    /**
     * Returns whether this entry counts the deviation. Deviations of kind {@link Deviation#OTHER}
     * are told apart by their evidence.
     */
    boolean isOf(Deviation noted, String said) {
      return deviation == noted && (noted != Deviation.OTHER || pattern.equals(said));
    }

    SeenDeviation seen() {
      return new SeenDeviation(deviation, count, evidence, first);
    }
  }

  /** Creates an instance without deviations. */
  public Deviations() {}

  /**
   * Sets the place where deviations are found from now on.
   *
   * @param what the place in words, such as a message or a kind of packet
   */
  public void at(String what) {
    place = what;
    atPacket = false;
  }

  /**
   * Sets the packet in which deviations are found from now on.
   *
   * @param packetTrack number of its stream
   * @param packetSequenceNumber its RTP sequence number, 0 to 65535
   * @param packetTimestamp the 32 bits of its RTP timestamp
   */
  public void atPacket(int packetTrack, int packetSequenceNumber, int packetTimestamp) {
    track = packetTrack;
    sequenceNumber = packetSequenceNumber;
    timestamp = packetTimestamp;
    atPacket = true;
  }

  @Override
  public void note(Deviation deviation, String evidence, long first, long second) {
    int others = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.isOf(deviation, evidence)) {
        entry.count++;
        return;
      }
      others += entry.deviation == Deviation.OTHER ? 1 : 0;
    }
    if (deviation != Deviation.OTHER || others < MAXIMUM_OTHERS) {
      entries.add(new Entry(deviation, evidence, text(evidence, first, second), place()));
    }
  }

  /**
   * Returns a snapshot of the deviations.
   *
   * @return the deviations in the order in which they were first seen; empty when there are none
   */
  public List<SeenDeviation> seen() {
    return entries.stream().map(Entry::seen).toList();
  }

  private String place() {
    return atPacket
        ? "packet "
            + sequenceNumber
            + " of track "
            + track
            + ", RTP timestamp "
            + Integer.toUnsignedLong(timestamp)
        : place;
  }

  /**
   * Fills in the numbers, cuts the text to the maximum length and replaces control characters: what
   * a camera said may be long, and may contain anything.
   */
  private static String text(String evidence, long first, long second) {
    String text =
        evidence.replace("{0}", Long.toString(first)).replace("{1}", Long.toString(second));
    String bounded = text.length() > MAXIMUM_EVIDENCE ? text.substring(0, MAXIMUM_EVIDENCE) : text;
    return bounded.replaceAll("\\p{Cntrl}", ".");
  }
}
