package io.lva.asset.format;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Names a run: one time line with one initialization segment a track and no hole that is not
 * bridged.
 *
 * <p>Immutable.
 *
 * @param text 8 characters of {@code a-z2-7}
 */
public record RunId(String text) {
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
   * Draws a new name; two are equal once in 10^12.
   *
   * @return a random name
   */
  public static RunId random() {
    StringBuilder text = new StringBuilder(8);
    for (int i = 0; i < 8; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new RunId(text.toString());
  }

  /**
   * Derives a name from a text.
   *
   * @param from any text
   * @return always the same for the same text
   */
  public static RunId derived(String from) {
    byte[] hash = AssetLayout.sha256(from.getBytes(StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder(8);
    for (int i = 0; i < 8; i++) {
      text.append(ALPHABET.charAt(hash[i] & 31));
    }
    return new RunId(text.toString());
  }

  /**
   * Returns whether a text names a run.
   *
   * @param text anything
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
