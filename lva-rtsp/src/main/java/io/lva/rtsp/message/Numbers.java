package io.lva.rtsp.message;

import java.util.OptionalLong;

/** Reads numbers that peers wrote. */
public final class Numbers {
  private static final int MAXIMUM_DIGITS = 18;

  private Numbers() {}

  /**
   * Reads the digits at the start of a text.
   *
   * @param text white space at its start is skipped
   * @return the number; empty when the text begins with no digit, or with more than 18
   */
  public static OptionalLong parseUnsigned(String text) {
    String trimmed = text.trim();
    int end = 0;
    while (end < trimmed.length() && isDigit(trimmed.charAt(end))) {
      end++;
    }
    if (end == 0 || end > MAXIMUM_DIGITS) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(trimmed.substring(0, end)));
  }

  /**
   * Returns whether a character is an ASCII digit.
   *
   * @param character any character
   * @return true for 0 to 9
   */
  public static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
