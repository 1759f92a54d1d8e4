package io.lva.asset.index;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Names a run: one time line with one initialization segment per track and no unbridged holes.
 *
 * <p>Immutable.
 *
 * @param text 8 characters of {@code a-z2-7}
 */
public record RunId(String text) {
  private static final int LENGTH = 8;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{8}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Checks the characters.
   *
   * @param text 8 characters of {@code a-z2-7}
   * @throws IllegalArgumentException when it is something else
   */
  public RunId {
    if (!isRunId(text)) {
      throw new IllegalArgumentException("not the name of a run: '" + text + "'");
    }
  }

  /**
   * Draws a random name. Any two are equal with a probability of 10^-12.
   *
   * @return the new name
   */
  public static RunId random() {
    byte[] bits = new byte[LENGTH];
    RANDOM.nextBytes(bits);
    return of(bits);
  }

  /**
   * Creates a name from bits.
   *
   * @param bits 8 bytes or more, such as the hash of a text; five bits of each of the first 8 bytes
   *     are used
   * @return the name, always the same for the same bits
   * @throws IndexOutOfBoundsException when there are fewer than 8 bytes
   */
  public static RunId of(byte[] bits) {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(bits[i] & 31));
    }
    return new RunId(text.toString());
  }

  /**
   * Returns whether a text names a run.
   *
   * @param text any text
   * @return true for 8 characters of {@code a-z2-7}
   */
  public static boolean isRunId(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
