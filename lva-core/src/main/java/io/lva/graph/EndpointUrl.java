package io.lva.graph;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a camera or an extension, as it was given.
 *
 * <p>Accepts characters that RFC 3986 forbids and cameras use. A user part is kept apart: it is
 * neither in {@link #uri} nor in {@link #toString}.
 *
 * <p>Immutable.
 */
public final class EndpointUrl {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*@)?([^/?#@]+)([/?#].*)?");
  private static final Pattern USER_INFO = Pattern.compile("(://)[^/?#]*@");
  private static final String KEPT = "!#$%&'()*+,-./:;=?@_~[]";

  private final String text;
  private final String scheme;
  private final URI uri;

  private EndpointUrl(String text, String scheme, URI uri) {
    this.text = text;
    this.scheme = scheme;
    this.uri = uri;
  }

  /**
   * Reads a URL.
   *
   * @param text scheme, host and what follows
   * @return the URL
   * @throws IllegalArgumentException when scheme or host are missing; the message does not repeat
   *     the text
   */
  public static EndpointUrl parse(String text) {
    Matcher matcher = FORM.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a URL of the form scheme://host/path");
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String rest = matcher.group(4) == null ? "" : matcher.group(4);
    return new EndpointUrl(text, scheme, toUri(scheme + "://" + matcher.group(3) + rest));
  }

  /**
   * Returns the URL to connect to.
   *
   * @return without user part; characters that are not allowed in a URI are percent-encoded
   */
  public URI uri() {
    return uri;
  }

  /**
   * Returns the scheme.
   *
   * @return such as {@code rtsp}, in lower case
   */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns the text as it was given, with its user part.
   *
   * @return the text, which may hold a password and is not to be logged
   */
  public String reveal() {
    return text;
  }

  /**
   * Returns the user name and password of the user part, percent-decoded.
   *
   * @return empty when there is none
   */
  public Optional<UsernamePasswordCredentials> embeddedCredentials() {
    Matcher matcher = FORM.matcher(text.trim());
    if (!matcher.matches() || matcher.group(2) == null) {
      return Optional.empty();
    }
    String userInfo = matcher.group(2).substring(0, matcher.group(2).length() - 1);
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Optional.of(UsernamePasswordCredentials.of(decode(user), decode(password)));
  }

  /**
   * Removes the user part from a text that is, or is to become, a URL.
   *
   * @param text may hold {@code ${name}}
   * @return the text without user part
   */
  public static String withoutUserInfo(String text) {
    return USER_INFO.matcher(text).replaceFirst("$1");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EndpointUrl url && text.equals(url.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the text without its user part. */
  @Override
  public String toString() {
    return withoutUserInfo(text);
  }

  private static URI toUri(String text) {
    try {
      return new URI(encode(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c < 128 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0)) {
                encoded.appendCodePoint(c);
              } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  encoded.append(String.format(Locale.ROOT, "%%%02X", b));
                }
              }
            });
    return encoded.toString();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a lone percent sign: the user did not encode
    }
  }
}
