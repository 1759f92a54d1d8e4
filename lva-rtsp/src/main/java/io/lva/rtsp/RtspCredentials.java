package io.lva.rtsp;

/**
 * User and password of a camera. The password is never part of a text that this class gives out.
 *
 * <p>Immutable.
 */
public final class RtspCredentials {
  private final String username;
  private final String password;

  private RtspCredentials(String username, String password) {
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
    return new RtspCredentials(username, password);
  }

  /**
   * Returns the user.
   *
   * @return its name
   */
  public String username() {
    return username;
  }

  String password() {
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
