package io.lva.rtsp;

import java.util.List;

/**
 * Which certificates of a camera are trusted.
 *
 * <p>Immutable.
 *
 * @param certificates in PEM form, of the camera itself or of its issuers; none for those that this
 *     host trusts
 * @param ignoreHostname whether the certificate may name another host
 * @param ignoreSignature whether nobody who is trusted need have signed it
 */
public record TlsTrust(List<String> certificates, boolean ignoreHostname, boolean ignoreSignature) {
  /** What this host trusts, validated strictly. */
  public static final TlsTrust OF_HOST = new TlsTrust(List.of(), false, false);

  /**
   * Copies the list.
   *
   * @param certificates see above
   * @param ignoreHostname see above
   * @param ignoreSignature see above
   */
  public TlsTrust {
    certificates = List.copyOf(certificates);
  }
}
