package io.lva.rtsp.session;

import io.lva.rtsp.RtspCredentials;
import io.lva.rtsp.message.Challenge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers a digest challenge according to RFC 7616 with {@code qop} auth or auth-int, or according
 * to RFC 2069 when the server offers neither.
 *
 * <p>Immutable.
 */
final class Digest {
  /** Hash functions that a server may ask for. */
  enum Algorithm {
    MD5("MD5", 2),
    SHA_256("SHA-256", 3),
    SHA_512_256("SHA-512/256", 4);

    private final String javaName;
    private final int strength;

    Algorithm(String javaName, int strength) {
      this.javaName = javaName;
      this.strength = strength;
    }

    int strength() {
      return strength;
    }

    String hash(String text) {
      try {
        byte[] hash =
            MessageDigest.getInstance(javaName).digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no " + javaName, e);
      }
    }
  }

  private final Challenge challenge;
  private final Algorithm algorithm;
  private final RtspCredentials credentials;

  private Digest(Challenge challenge, Algorithm algorithm, RtspCredentials credentials) {
    this.challenge = challenge;
    this.algorithm = algorithm;
    this.credentials = credentials;
  }

  /** Creates the digest that answers a challenge; empty when its algorithm is unknown. */
  static Optional<Digest> of(Challenge challenge, RtspCredentials credentials) {
    return algorithmOf(challenge).map(algorithm -> new Digest(challenge, algorithm, credentials));
  }

  static Optional<Algorithm> algorithmOf(Challenge challenge) {
    String name = challenge.parameter("algorithm").orElse("").toUpperCase(Locale.ROOT);
    return switch (name.endsWith("-SESS") ? name.substring(0, name.length() - 5) : name) {
      case "", "MD5" -> Optional.of(Algorithm.MD5);
      case "SHA-256" -> Optional.of(Algorithm.SHA_256);
      case "SHA-512-256" -> Optional.of(Algorithm.SHA_512_256);
      default -> Optional.empty();
    };
  }

  /**
   * Returns the value of {@code Authorization}.
   *
   * @param method of the request
   * @param uri exactly as it appears in the request line
   * @param count how often this nonce was used, from 1
   * @param clientNonce random text
   */
  String authorization(String method, String uri, int count, String clientNonce) {
    String realm = challenge.parameter("realm").orElse("");
    String nonce = challenge.parameter("nonce").orElse("");
    String secretHash = secretHash(realm, nonce, clientNonce);
    String counter = String.format(Locale.ROOT, "%08x", count);
    String quality = quality();
    String request = method + ":" + uri;
    // None of the requests has a body.
    String requestHash =
        algorithm.hash(quality.equals("auth-int") ? request + ":" + algorithm.hash("") : request);
    String response =
        quality.isEmpty()
            ? String.join(":", secretHash, nonce, requestHash)
            : String.join(":", secretHash, nonce, counter, clientNonce, quality, requestHash);
    StringBuilder text =
        new StringBuilder("Digest username=").append(quote(credentials.username()));
    text.append(", realm=").append(quote(realm));
    text.append(", nonce=").append(quote(nonce));
    text.append(", uri=").append(quote(uri));
    text.append(", response=").append(quote(algorithm.hash(response)));
    // TP-Link refuses an algorithm that it did not name (MediaMTX issue 3116).
    challenge
        .parameter("algorithm")
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> text.append(", algorithm=").append(name));
    challenge
        .parameter("opaque")
        .ifPresent(opaque -> text.append(", opaque=").append(quote(opaque)));
    if (!quality.isEmpty()) {
      text.append(", qop=").append(quality).append(", nc=").append(counter);
    }
    if (!quality.isEmpty() || isSession()) {
      text.append(", cnonce=").append(quote(clientNonce));
    }
    return text.toString();
  }

  private String secretHash(String realm, String nonce, String clientNonce) {
    String hash =
        algorithm.hash(
            credentials.username() + ":" + realm + ":" + credentials.password().reveal());
    return isSession() ? algorithm.hash(hash + ":" + nonce + ":" + clientNonce) : hash;
  }

  private boolean isSession() {
    return challenge.parameter("algorithm").orElse("").toUpperCase(Locale.ROOT).endsWith("-SESS");
  }

  /** Returns the quality of protection to use; empty when the server offers no known one. */
  private String quality() {
    String[] offered = challenge.parameter("qop").orElse("").split("[,\\s]+", -1);
    return Stream.of("auth", "auth-int")
        .filter(known -> Arrays.stream(offered).anyMatch(known::equalsIgnoreCase))
        .findFirst()
        .orElse("");
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
