package io.lva.extension;

import io.lva.graph.PemCertificateList;
import io.lva.graph.TlsEndpoint;
import io.lva.graph.TlsValidationOptions;
import io.lva.spi.NodeContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides which certificates are trusted at a TLS endpoint. */
final class Trust {
  private Trust() {}

  /**
   * Returns the trust manager for an endpoint, which trusts the certificates that the endpoint
   * lists, or those of the JDK if it lists none.
   *
   * @throws IllegalArgumentException when a certificate cannot be read
   */
  static X509ExtendedTrustManager of(TlsEndpoint endpoint, NodeContext context) {
    X509ExtendedTrustManager strict = strict(certificates(endpoint, context));
    TlsValidationOptions options = endpoint.validationOptions();
    boolean ignoreName = context.resolve(options.ignoreHostname());
    boolean ignoreSignature = context.resolve(options.ignoreSignature());
    return ignoreName || ignoreSignature
        ? new Lenient(strict, ignoreName, ignoreSignature)
        : strict;
  }

  /** Returns a context that uses a trust manager. */
  static SSLContext context(X509ExtendedTrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  private static Optional<KeyStore> certificates(TlsEndpoint endpoint, NodeContext context) {
    Optional<PemCertificateList> list = endpoint.trustedCertificates();
    if (list.isEmpty()) {
      return Optional.empty();
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      int number = 0;
      for (var value : list.get().certificates()) {
        byte[] pem = context.resolve(value).getBytes(StandardCharsets.US_ASCII);
        for (Certificate read : factory.generateCertificates(new ByteArrayInputStream(pem))) {
          store.setCertificateEntry("trusted" + number++, read);
        }
      }
      return Optional.of(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "endpoint.trustedCertificates: not certificates in PEM form: " + e.getMessage(), e);
    }
  }

  private static X509ExtendedTrustManager strict(Optional<KeyStore> store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store.orElse(null));
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no trust managers", e);
    }
    throw new IllegalStateException("this JDK has no trust managers for X.509");
  }

  /** Skips the checks that the operator has turned off. */
  private static final class Lenient extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager strict;
    private final boolean ignoreName;
    private final boolean ignoreSignature;

    Lenient(X509ExtendedTrustManager strict, boolean ignoreName, boolean ignoreSignature) {
      this.strict = strict;
      this.ignoreName = ignoreName;
      this.ignoreSignature = ignoreSignature;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      if (ignoreSignature) {
        return; // without a chain of trust a name proves nothing
      }
      if (ignoreName) {
        strict.checkServerTrusted(chain, type);
      } else {
        strict.checkServerTrusted(chain, type, engine);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      if (ignoreSignature) {
        return;
      }
      if (ignoreName) {
        strict.checkServerTrusted(chain, type);
      } else {
        strict.checkServerTrusted(chain, type, socket);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      if (!ignoreSignature) {
        strict.checkServerTrusted(chain, type);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      strict.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      strict.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      strict.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return strict.getAcceptedIssuers();
    }
  }
}
