package io.lva.processor.gate;

import java.time.Duration;

/**
 * The four durations of a signal gate.
 *
 * <p>Immutable.
 *
 * @param window how long events are gathered after the first one arrived, 0 to 10 s, in nanoseconds
 *     of arrival time
 * @param offset time from the earliest event to the start of the recording, −60 to 60 s, in
 *     nanoseconds of media time
 * @param minimum time from the last event to the end of the recording, 1 s to 1 h, in nanoseconds
 *     of media time
 * @param maximum time from the earliest event to the latest end, 1 s to 1 h, in nanoseconds of
 *     media time; not less than {@code minimum}
 */
record GateTimes(long window, long offset, long minimum, long maximum) {
  private static final Duration LONGEST_WINDOW = Duration.ofSeconds(10);
  private static final Duration LONGEST_OFFSET = Duration.ofMinutes(1);
  private static final Duration SHORTEST_OPENING = Duration.ofSeconds(1);
  private static final Duration LONGEST_OPENING = Duration.ofHours(1);

  /**
   * Creates the times of a gate after checking that each is in the range of the contract.
   *
   * @throws IllegalArgumentException when a duration is out of its range, the maximum is shorter
   *     than the minimum, or the recording would end before it begins; the message names the
   *     property
   */
  static GateTimes of(Duration window, Duration offset, Duration minimum, Duration maximum) {
    check("activationEvaluationWindow", window, Duration.ZERO, LONGEST_WINDOW);
    check("activationSignalOffset", offset, LONGEST_OFFSET.negated(), LONGEST_OFFSET);
    check("minimumActivationTime", minimum, SHORTEST_OPENING, LONGEST_OPENING);
    check("maximumActivationTime", maximum, SHORTEST_OPENING, LONGEST_OPENING);
    if (maximum.compareTo(minimum) < 0) {
      throw new IllegalArgumentException(
          "maximumActivationTime "
              + maximum
              + " is shorter than minimumActivationTime "
              + minimum
              + "; choose at least the minimum");
    }
    if (offset.compareTo(minimum) >= 0) {
      throw new IllegalArgumentException(
          "activationSignalOffset "
              + offset
              + " is not shorter than minimumActivationTime "
              + minimum
              + "; nothing would be recorded");
    }
    return new GateTimes(window.toNanos(), offset.toNanos(), minimum.toNanos(), maximum.toNanos());
  }

  private static void check(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be between " + least + " and " + most);
    }
  }
}
