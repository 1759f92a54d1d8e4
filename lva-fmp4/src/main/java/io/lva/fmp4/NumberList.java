package io.lva.fmp4;

import java.util.Arrays;
import java.util.Objects;

/**
 * A growing list of numbers.
 *
 * <p>Not thread-safe.
 */
final class NumberList {
  private long[] numbers = new long[16];
  private int count;

  void add(long number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    numbers[count++] = number;
  }

  int count() {
    return count;
  }

  long get(int index) {
    return numbers[Objects.checkIndex(index, count)];
  }

  void set(int index, long number) {
    numbers[Objects.checkIndex(index, count)] = number;
  }

  /** Returns the last number of a list that is not empty. */
  long last() {
    return get(count - 1);
  }

  void setLast(long number) {
    set(count - 1, number);
  }
}
