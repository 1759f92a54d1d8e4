package io.lva.rtsp;

import io.lva.graph.Secret;

/**
 * User and password of a camera. The password is never part of a text that this class gives out.
 *
 * <p>Immutable.
 */
public final class RtspCredentials {
  private final String username;
  private final Secret password;

  private RtspCredentials(String username, Secret password) {
    this.username = username;
    this.password = password;
  }

  /**
   * Makes credentials.
   *
   * @param username may be empty
   * @param password may be empty
   * @return the credentials
   */
  public static RtspCredentials of(String username, String password) {
    return new RtspCredentials(username, Secret.of(password));
  }

  /**
   * Returns the user.
   *
   * @return its name
   */
  public String username() {
    return username;
  }

  /**
   * Returns the password, for the proof that needs it.
   *
   * @return a text that is never shown
   */
  public Secret password() {
    return password;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RtspCredentials that
        && username.equals(that.username)
        && password.equals(that.password);
  }

  @Override
  public int hashCode() {
    return 31 * username.hashCode() + password.hashCode();
  }

  /** Returns the user and asterisks. */
  @Override
  public String toString() {
    return username + ":****";
  }
}
