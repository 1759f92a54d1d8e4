package io.lva.rtsp.net;

import io.lva.rtsp.TlsTrust;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks a camera's certificate as the JDK does, and describes a certificate that is refused,
 * because the JDK says only what it looked for.
 *
 * <p>Immutable.
 */
final class CertificateCheck extends X509ExtendedTrustManager {
  private static final int MAXIMUM_NAMES = 2;
  private static final int MAXIMUM_TEXT = 40;

  private final TlsTrust trust;

  /**
   * Creates a check.
   *
   * @param trust which certificates are trusted; the caller decides about the host name
   */
  CertificateCheck(TlsTrust trust) {
    this.trust = trust;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      manager(chain[0]).checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      CertificateException told =
          new CertificateException(reasonOf(e) + "; it is " + described(chain[0]));
      told.addSuppressed(e);
      throw told;
    }
  }

  /**
   * Returns the trust manager for a certificate. When the signature is ignored, that is a manager
   * which trusts this very certificate, provided that it is valid today.
   */
  private X509ExtendedTrustManager manager(X509Certificate certificate)
      throws CertificateException {
    if (trust.ignoreSignature()) {
      certificate.checkValidity();
      return manager(List.of(certificate));
    }
    return manager(trust.certificates());
  }

  private static X509ExtendedTrustManager manager(Collection<X509Certificate> trusted)
      throws CertificateException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted.isEmpty() ? null : store(trusted));
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509ExtendedTrustManager manager) {
          return manager;
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException("certificates cannot be checked here", e);
    }
    throw new CertificateException("certificates cannot be checked here");
  }

  private static KeyStore store(Collection<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (X509Certificate each : trusted) {
      store.setCertificateEntry(Integer.toString(store.size()), each);
    }
    return store;
  }

  private static String reasonOf(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static String described(X509Certificate certificate) {
    List<String> names = names(certificate);
    return "for "
        + (names.isEmpty() ? text(certificate.getSubjectX500Principal().getName()) : names)
        + ", from "
        + text(certificate.getIssuerX500Principal().getName())
        + ", valid until "
        + certificate.getNotAfter().toInstant();
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> each : alternatives) {
          if (names.size() < MAXIMUM_NAMES && each.get(1) instanceof String name) {
            names.add(text(name));
          }
        }
      }
    } catch (CertificateParsingException e) {
      names.add("names that cannot be read");
    }
    return names;
  }

  /**
   * Returns as much of a text as fits on a line, without control characters; a certificate may hold
   * any text.
   */
  private static String text(String name) {
    String printable = name.replaceAll("\\P{Graph}", " ");
    return printable.substring(0, Math.min(MAXIMUM_TEXT, printable.length()));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    throw new CertificateException("connections have an engine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("connections have an engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    throw new CertificateException("no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
