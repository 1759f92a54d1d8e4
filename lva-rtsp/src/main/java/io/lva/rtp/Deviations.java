package io.lva.rtp;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.DeviationSink;
import io.lva.rtsp.SeenDeviation;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts deviations, and keeps for each what showed it first. Evidence is made the first time only;
 * after that nothing is allocated.
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

    /** Those of other vendors are told apart by what they say. */
    boolean isOf(Deviation noted, String said) {
      return deviation == noted && (noted != Deviation.OTHER || pattern.equals(said));
    }

    SeenDeviation seen() {
      return new SeenDeviation(deviation, count, evidence, first);
    }
  }

  /** Makes an empty list. */
  public Deviations() {}

  /**
   * Says what is looked at from here on.
   *
   * @param what a message, or packets that cannot be told apart
   */
  public void at(String what) {
    place = what;
    atPacket = false;
  }

  /**
   * Says which packet is looked at from here on.
   *
   * @param packetTrack number of its stream
   * @param packetSequenceNumber of RTP
   * @param packetTimestamp of RTP
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
   * Returns a snapshot.
   *
   * @return in the order in which they were seen first
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

  /** Fills in the numbers; what a camera said may be long, and may hold anything. */
  private static String text(String evidence, long first, long second) {
    String text =
        evidence.replace("{0}", Long.toString(first)).replace("{1}", Long.toString(second));
    String bounded = text.length() > MAXIMUM_EVIDENCE ? text.substring(0, MAXIMUM_EVIDENCE) : text;
    return bounded.replaceAll("\\p{Cntrl}", ".");
  }
}
