package io.lva.sdp;

/** Reads numbers that peers wrote. */
final class SdpNumbers {
  private static final int MAXIMUM_DIGITS = 9;

  private SdpNumbers() {}

  /** Parses a whole text as a number from 0 to a maximum; returns -1 when it is no such number. */
  static int parse(String text, int maximum) {
    String digits = text.trim();
    if (digits.isEmpty()
        || digits.length() > MAXIMUM_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int number = Integer.parseInt(digits);
    return number > maximum ? -1 : number;
  }
}
