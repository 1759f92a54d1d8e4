package io.lva.rtsp;

/**
 * Takes note of deviations.
 *
 * <p>May be called for each packet, so nothing is allocated for a deviation that was noted before.
 * Evidence is short plain English that holds neither secrets nor media.
 *
 * <p>Implementations are confined to their media loop.
 */
@FunctionalInterface
public interface DeviationSink {
  /**
   * Notes a deviation.
   *
   * @param deviation what it is
   * @param evidence what was seen, with <code>{0}</code> and <code>{1}</code> in place of the
   *     numbers
   * @param first stands for <code>{0}</code>
   * @param second stands for <code>{1}</code>
   */
  void note(Deviation deviation, String evidence, long first, long second);

  /**
   * Notes a deviation.
   *
   * @param deviation what it is
   * @param evidence what was seen, with <code>{0}</code> in place of the number
   * @param number stands for <code>{0}</code>
   */
  default void note(Deviation deviation, String evidence, long number) {
    note(deviation, evidence, number, 0);
  }

  /**
   * Notes a deviation.
   *
   * @param deviation what it is
   * @param evidence what was seen
   */
  default void note(Deviation deviation, String evidence) {
    note(deviation, evidence, 0, 0);
  }
}
