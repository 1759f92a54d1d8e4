package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority that lives as long as a test, and the certificates of two servers: one
 * issued by this authority, one by an authority that nobody trusts.
 *
 * <p>Immutable.
 */
final class TestCertificates {
  /** How many loopback addresses a server's certificate names, starting at 127.0.0.1. */
  static final int ADDRESSES = 30;

  private static final byte[] ALGORITHM = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
  private static final String ALIAS = "server";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path authority;
  private final KeyStore server;
  private final KeyStore stranger;

  private TestCertificates(Path authority, KeyStore server, KeyStore stranger) {
    this.authority = authority;
    this.server = server;
    this.stranger = stranger;
  }

  /** Creates all certificates, and writes that of the trusted authority to a folder. */
  static TestCertificates create(Path folder) throws IOException {
    try {
      KeyPair trusted = keys();
      Certificate root = certificate("Test Authority", trusted, "Test Authority", trusted, true);
      Files.createDirectories(folder);
      Path file = folder.resolve("ca.pem");
      Files.writeString(file, pem("CERTIFICATE", root.getEncoded()));
      KeyPair other = keys();
      Certificate unknown = certificate("Stranger", other, "Stranger", other, true);
      return new TestCertificates(
          file, server("Test Authority", trusted, root), server("Stranger", other, unknown));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Returns the file with the certificate of the trusted authority, in PEM form. */
  Path authority() {
    return authority;
  }

  /** Returns a context for a server. */
  SSLContext server() throws IOException {
    return context(server);
  }

  /** Returns a context for a server whose certificate no client trusts. */
  SSLContext stranger() throws IOException {
    return context(stranger);
  }

  /** Writes the certificate and the key of the trusted server to a folder, and returns them. */
  List<Path> writeServer(Path folder) throws IOException {
    try {
      Path certificate = folder.resolve("server.pem");
      Path key = folder.resolve("server.key");
      Files.writeString(certificate, pem("CERTIFICATE", server.getCertificate(ALIAS).getEncoded()));
      Files.writeString(key, pem("PRIVATE KEY", server.getKey(ALIAS, PASSWORD).getEncoded()));
      return List.of(certificate, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static SSLContext context(KeyStore store) throws IOException {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static KeyStore server(String issuer, KeyPair issuerKeys, Certificate root)
      throws GeneralSecurityException, IOException {
    KeyPair keys = keys();
    Certificate certificate = certificate(issuer, issuerKeys, "localhost", keys, false);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry(ALIAS, keys.getPrivate(), PASSWORD, new Certificate[] {certificate, root});
    return store;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  /** Creates a certificate (RFC 5280, section 4.1). */
  private static Certificate certificate(
      String issuer, KeyPair issuerKeys, String subject, KeyPair keys, boolean isAuthority)
      throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    byte[] extension =
        isAuthority
            ? Der.sequence(
                Der.identifier("2.5.29.19"), Der.isTrue(), Der.octets(Der.sequence(Der.isTrue())))
            : Der.sequence(Der.identifier("2.5.29.17"), Der.octets(names()));
    byte[] content =
        Der.sequence(
            Der.tagged(0xA0, Der.integer(2)),
            Der.integer(now.toEpochMilli()),
            ALGORITHM,
            name(issuer),
            Der.sequence(
                Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(Duration.ofDays(1)))),
            name(subject),
            keys.getPublic().getEncoded(),
            Der.tagged(0xA3, Der.sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuerKeys.getPrivate());
    signature.update(content);
    byte[] signed = Der.sequence(content, ALGORITHM, Der.bits(signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(signed));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.text(commonName))));
  }

  private static byte[] names() throws IOException {
    List<byte[]> names = new ArrayList<>();
    names.add(Der.tagged(0x82, "localhost".getBytes(US_ASCII)));
    for (int last = 1; last <= ADDRESSES; last++) {
      names.add(Der.tagged(0x87, InetAddress.getByName("127.0.0." + last).getAddress()));
    }
    return Der.sequence(names.toArray(byte[][]::new));
  }

  private static String pem(String what, byte[] content) {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }
}
