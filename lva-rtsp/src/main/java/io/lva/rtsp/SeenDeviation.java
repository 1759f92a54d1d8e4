package io.lva.rtsp;

/**
 * A deviation that was seen, once or more often.
 *
 * <p>Immutable.
 *
 * @param deviation what it is
 * @param count how often it was seen
 * @param evidence what was seen the first time
 * @param first the packet or message that showed it first
 */
public record SeenDeviation(Deviation deviation, long count, String evidence, String first) {
  /**
   * Returns everything about the deviation in one line.
   *
   * @return name, sentence, evidence, count and first packet
   */
  public String line() {
    return deviation.text()
        + ": "
        + deviation.sentence()
        + " ("
        + evidence
        + "; seen "
        + (count == 1 ? "once" : count + " times, first")
        + ": "
        + first
        + ")";
  }
}
