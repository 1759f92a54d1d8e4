package io.lva.graph;

import java.util.Objects;

/**
 * A password or the like: never printed, never in a message.
 *
 * <p>Immutable.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Wraps a secret.
   *
   * @param text the secret itself
   * @return its wrapper
   */
  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text));
  }

  /**
   * Returns the secret itself, for the protocol that needs it.
   *
   * @return the text, never to be logged
   */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && text.equals(secret.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns asterisks. */
  @Override
  public String toString() {
    return "****";
  }
}
