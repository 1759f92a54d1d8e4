package io.lva.rtsp;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which certificates a camera may present.
 *
 * <p>Immutable.
 *
 * @param certificates those of the camera itself or of its issuers; empty to trust what this host
 *     trusts
 * @param ignoreHostname whether the certificate may name another host
 * @param ignoreSignature whether the certificate need not be signed by a trusted issuer
 */
public record TlsTrust(
    List<X509Certificate> certificates, boolean ignoreHostname, boolean ignoreSignature) {
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

  /**
   * Reads certificates.
   *
   * @param texts each holds one or more certificates in PEM form, with their begin and end lines
   * @param ignoreHostname see above
   * @param ignoreSignature see above
   * @return the trust
   * @throws IllegalArgumentException when a text holds no certificate, or one that cannot be read;
   *     the message says which text
   */
  public static TlsTrust of(List<String> texts, boolean ignoreHostname, boolean ignoreSignature) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Collection<? extends Certificate> found = read(texts.get(i));
      if (found.isEmpty()) {
        throw new IllegalArgumentException("certificate " + (i + 1) + " is not in PEM form");
      }
      found.forEach(certificate -> certificates.add((X509Certificate) certificate));
    }
    return new TlsTrust(certificates, ignoreHostname, ignoreSignature);
  }

  private static Collection<? extends Certificate> read(String text) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      return List.of();
    }
  }
}
