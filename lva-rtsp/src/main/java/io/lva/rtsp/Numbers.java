package io.lva.rtsp;

import java.util.OptionalLong;

/** Reads numbers that foreign peers wrote. */
final class Numbers {
  private static final int MAXIMUM_DIGITS = 18;

  private Numbers() {}

  /** Reads the digits at the start of a text; empty without one, or with too many for a long. */
  static OptionalLong parseUnsigned(String text) {
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

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
