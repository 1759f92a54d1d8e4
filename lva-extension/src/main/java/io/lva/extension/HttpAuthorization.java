package io.lva.extension;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Authorizes requests: Basic from the first request on, Digest (RFC 7616) after a challenge, or a
 * header that the user chose.
 *
 * <p>Confined to its media loop.
 */
final class HttpAuthorization {
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");
  private static final int MAXIMUM_CHALLENGE = 4096;

  private final Map<String, String> fixed;
  private final @Nullable String user;
  private final String password;
  private @Nullable Map<String, String> challenge;
  private int count;

  private HttpAuthorization(Map<String, String> fixed, @Nullable String user, String password) {
    this.fixed = fixed;
    this.user = user;
    this.password = password;
  }

  static HttpAuthorization none() {
    return new HttpAuthorization(Map.of(), null, "");
  }

  static HttpAuthorization header(String name, String value) {
    return new HttpAuthorization(Map.of(name, value), null, "");
  }

  static HttpAuthorization of(String user, String password) {
    return new HttpAuthorization(Map.of(), user, password);
  }

  /** Returns the headers of a request. */
  Map<String, String> headers(String method, URI url) {
    if (user == null) {
      return fixed;
    }
    Map<String, String> known = challenge;
    return Map.of(
        "Authorization", known == null ? basic() : digest(user, known, method, target(url)));
  }

  /**
   * Handles the challenges in an answer.
   *
   * @return whether another request may succeed
   */
  boolean challenged(List<String> challenges) {
    if (user == null) {
      return false;
    }
    for (String text : challenges) {
      if (text.length() <= MAXIMUM_CHALLENGE
          && text.regionMatches(true, 0, "Digest ", 0, "Digest ".length())) {
        Map<String, String> parsed = parse(text.substring("Digest ".length()));
        if (parsed.containsKey("nonce") && hash(parsed) != null) {
          challenge = parsed;
          count = 0;
          return true;
        }
      }
    }
    return false;
  }

  private String basic() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static Map<String, String> parse(String text) {
    Map<String, String> parsed = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      parsed.putIfAbsent(
          matcher.group(1).toLowerCase(Locale.ROOT), quoted != null ? quoted : matcher.group(3));
    }
    return parsed;
  }

  private String digest(String name, Map<String, String> asked, String method, String target) {
    String realm = asked.getOrDefault("realm", "");
    String nonce = asked.getOrDefault("nonce", "");
    String identity = hashed(asked, name + ":" + realm + ":" + password);
    String request = hashed(asked, method + ":" + target);
    boolean quality = List.of(asked.getOrDefault("qop", "").split("[, ]+")).contains("auth");
    String serial = String.format(Locale.ROOT, "%08x", ++count);
    String own = UUID.randomUUID().toString().replace("-", "");
    String response =
        quality
            ? hashed(asked, String.join(":", identity, nonce, serial, own, "auth", request))
            : hashed(asked, String.join(":", identity, nonce, request));
    StringBuilder header =
        new StringBuilder("Digest username=\"" + name + "\", realm=\"" + realm + "\"")
            .append(", nonce=\"" + nonce + "\", uri=\"" + target + "\"")
            .append(", response=\"" + response + "\"");
    if (asked.containsKey("algorithm")) {
      header.append(", algorithm=").append(asked.get("algorithm"));
    }
    if (asked.containsKey("opaque")) {
      header.append(", opaque=\"").append(asked.get("opaque")).append('"');
    }
    if (quality) {
      header.append(", qop=auth, nc=").append(serial).append(", cnonce=\"" + own + "\"");
    }
    return header.toString();
  }

  private static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static @Nullable MessageDigest hash(Map<String, String> asked) {
    String name = asked.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    try {
      return switch (name) {
        case "MD5", "SHA-256" -> MessageDigest.getInstance(name);
        default -> null;
      };
    } catch (NoSuchAlgorithmException e) {
      return null;
    }
  }

  private static String hashed(Map<String, String> asked, String text) {
    MessageDigest hash = hash(asked);
    if (hash == null) {
      throw new IllegalStateException("the challenge was accepted without a hash");
    }
    return HexFormat.of().formatHex(hash.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
