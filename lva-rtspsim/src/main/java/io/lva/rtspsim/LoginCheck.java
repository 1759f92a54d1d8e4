package io.lva.rtspsim;

import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks clients for a user name and a password, with Basic (RFC 7617) and Digest (RFC 2069, RFC
 * 7616). One nonce is valid for all clients until it is renewed; nonce counts are not checked.
 *
 * <p>Thread-safe.
 */
final class LoginCheck {
  private static final String REALM = "camera";
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]*))");

  private final List<AuthenticationScheme> schemes;
  private final SecureRandom random = new SecureRandom();
  private volatile Optional<Login> credentials;
  private volatile String nonce;

  /** A user name and a password, which are never printed. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "****";
    }
  }

  /**
   * Creates a check that asks for the credentials, if there are any, with the schemes in their
   * order.
   */
  LoginCheck(Optional<Login> credentials, List<AuthenticationScheme> schemes) {
    this.credentials = credentials;
    this.schemes = List.copyOf(schemes);
    nonce = newNonce();
  }

  void change(Optional<Login> newCredentials) {
    credentials = newCredentials;
    renewNonce();
  }

  /** Makes the nonce stale, so that clients need a new one, as cameras do from time to time. */
  void renewNonce() {
    nonce = newNonce();
  }

  /** Returns the answer to a request that is not allowed; empty when the request is allowed. */
  Optional<RtspResponse> refuse(RtspRequest request) {
    Optional<Login> wanted = credentials;
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    String given = request.headers().first("Authorization").orElse("");
    String current = nonce;
    boolean stale = false;
    if (startsWith(given, "Basic ") && schemes.contains(AuthenticationScheme.BASIC)) {
      if (basic(given.substring(6), wanted.get())) {
        return Optional.empty();
      }
    } else if (startsWith(given, "Digest ")) {
      Map<String, String> parameters = parameters(given.substring(7));
      if (digest(request, parameters, wanted.get())) {
        if (current.equals(parameters.get("nonce"))) {
          return Optional.empty();
        }
        stale = true;
      }
    }
    return Optional.of(challenge(current, stale));
  }

  private RtspResponse challenge(String current, boolean stale) {
    RtspResponse response = RtspResponse.of(401, "Unauthorized");
    for (AuthenticationScheme scheme : schemes) {
      String value =
          switch (scheme) {
            case BASIC -> "Basic realm=\"" + REALM + "\"";
            case DIGEST -> "Digest realm=\"" + REALM + "\", nonce=\"" + current + "\"";
            case DIGEST_SHA_256 ->
                "Digest realm=\""
                    + REALM
                    + "\", nonce=\""
                    + current
                    + "\", qop=\"auth\", algorithm=SHA-256";
          };
      boolean digest = scheme != AuthenticationScheme.BASIC;
      response = response.with("WWW-Authenticate", value + (digest && stale ? ", stale=true" : ""));
    }
    return response;
  }

  private static boolean basic(String given, Login wanted) {
    String plain = wanted.user() + ":" + wanted.password();
    String right = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    return same(right, given.trim());
  }

  /** Checks everything but the nonce, which may have become stale. */
  private boolean digest(RtspRequest request, Map<String, String> given, Login wanted) {
    boolean sha256 = given.getOrDefault("algorithm", "MD5").equalsIgnoreCase("SHA-256");
    AuthenticationScheme scheme =
        sha256 ? AuthenticationScheme.DIGEST_SHA_256 : AuthenticationScheme.DIGEST;
    if (!schemes.contains(scheme)
        || !wanted.user().equals(given.get("username"))
        || !REALM.equals(given.get("realm"))
        || !request.uri().equals(given.get("uri"))) {
      return false;
    }
    MessageDigest algorithm = algorithm(sha256 ? "SHA-256" : "MD5");
    String secret = hash(algorithm, wanted.user() + ":" + REALM + ":" + wanted.password());
    String action = hash(algorithm, request.method() + ":" + request.uri());
    String middle = given.getOrDefault("nonce", "");
    if (given.containsKey("qop")) {
      middle +=
          ":"
              + given.getOrDefault("nc", "")
              + ":"
              + given.getOrDefault("cnonce", "")
              + ":"
              + given.getOrDefault("qop", "");
    }
    String right = hash(algorithm, secret + ":" + middle + ":" + action);
    return same(right, given.getOrDefault("response", "").toLowerCase(Locale.ROOT));
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      String value = quoted == null ? matcher.group(3) : quoted;
      parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
    }
    return parameters;
  }

  private String newNonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has " + name, impossible);
    }
  }

  private static String hash(MessageDigest algorithm, String text) {
    return HexFormat.of().formatHex(algorithm.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean same(String right, String given) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean startsWith(String text, String start) {
    return text.regionMatches(true, 0, start, 0, start.length());
  }
}
