package io.lva.rtsp;

import io.lva.graph.Secret;
import java.util.Optional;

/**
 * User and password of a camera. No text that this class returns ever contains the password.
 *
 * <p>Immutable.
 */
public final class RtspCredentials {
  private final String username;
  private final Secret password;
  private final Optional<RtspCredentials> asTyped;

  private RtspCredentials(String username, Secret password, Optional<RtspCredentials> asTyped) {
    this.username = username;
    this.password = password;
    this.asTyped = asTyped;
  }

  /**
   * Creates credentials.
   *
   * @param username may be empty
   * @param password may be empty
   * @return the credentials
   */
  public static RtspCredentials of(String username, String password) {
    return new RtspCredentials(username, Secret.of(password), Optional.empty());
  }

  /** Creates credentials that were percent-decoded although they may have been meant as typed. */
  static RtspCredentials decoded(String username, String password, RtspCredentials asTyped) {
    boolean same = asTyped.username.equals(username) && asTyped.password.reveal().equals(password);
    return same
        ? asTyped
        : new RtspCredentials(username, Secret.of(password), Optional.of(asTyped));
  }

  /**
   * Returns the user name.
   *
   * @return the user name
   */
  public String username() {
    return username;
  }

  /**
   * Returns the password, for computing the answer to a challenge.
   *
   * @return the password, which is never shown
   */
  public Secret password() {
    return password;
  }

  /**
   * Returns these credentials as they were before percent-decoding. A password that was typed into
   * a URL may merely look percent-encoded, so the credentials as typed may be the right ones. They
   * do not count for equality.
   *
   * @return the credentials as typed; empty when nothing was decoded or decoding changed nothing
   */
  public Optional<RtspCredentials> asTyped() {
    return asTyped;
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
