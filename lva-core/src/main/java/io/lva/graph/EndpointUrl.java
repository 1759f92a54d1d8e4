package io.lva.graph;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a camera or an extension, as it was given.
 *
 * <p>Accepts characters that RFC 3986 forbids but cameras use. A user part is kept apart: it is
 * neither in {@link #uri} nor in {@link #toString}.
 *
 * <p>Immutable.
 */
public final class EndpointUrl {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#@]+)([/?#].*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final int NO_SUCH_PORT = 65536;
  private static final String KEPT = "!$%&'()*+,-./:;=?@_~";
  private static final String KEPT_IN_HOST = KEPT + "[]";

  private final String text;
  private final String scheme;
  private final String host;
  private final int port;
  private final URI uri;

  private EndpointUrl(String text, String scheme, String host, int port, URI uri) {
    this.text = text;
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.uri = uri;
  }

  /**
   * Reads a URL as people write it: its password may hold an unencoded {@code / ? # @}.
   *
   * @param text scheme, host and what follows
   * @return the URL
   * @throws IllegalArgumentException when the scheme or host is missing, the host or port is
   *     malformed, or the rest does not fit into a URI; the message does not repeat the text
   */
  public static EndpointUrl parse(String text) {
    Matcher matcher = FORM.matcher(withoutUserInfo(text.trim()));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a URL of the form scheme://host/path");
    }
    Matcher authority = AUTHORITY.matcher(matcher.group(2));
    int port = authority.matches() ? port(authority) : NO_SUCH_PORT;
    if (port > 65535) {
      throw new IllegalArgumentException("not a URL: host or port are malformed");
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    String rest = matcher.group(3) == null ? "" : matcher.group(3);
    URI uri = toUri(scheme + "://" + encode(matcher.group(2), KEPT_IN_HOST) + encodeRest(rest));
    return new EndpointUrl(text, scheme, authority.group(1), port, uri);
  }

  private static int port(Matcher authority) {
    return authority.group(2) == null ? -1 : Integer.parseInt(authority.group(2));
  }

  /**
   * Returns the URL to connect to.
   *
   * @return the URL without its user part; characters that are not allowed in a URI are
   *     percent-encoded
   */
  public URI uri() {
    return uri;
  }

  /**
   * Returns the host, even one with an underscore in its name, which {@link URI#getHost} does not
   * return.
   *
   * @return the name or address; an IPv6 address comes without brackets
   */
  public String host() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * Returns the port.
   *
   * @return the port, or empty when the URL has none
   */
  public OptionalInt port() {
    return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /**
   * Returns the scheme.
   *
   * @return the scheme, such as {@code rtsp}, in lower case
   */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns the text as it was given, with its user part.
   *
   * @return the text, which may hold a password and must not be logged
   */
  public String reveal() {
    return text;
  }

  /**
   * Returns the user name and password of the user part, percent-decoded.
   *
   * @return the user name and password, or empty when there is none
   */
  public Optional<UsernamePasswordCredentials> embeddedCredentials() {
    int start = userInfoStart(text);
    int end = UserInfo.end(text, start);
    if (end < 0) {
      return Optional.empty();
    }
    String userInfo = text.substring(start, end);
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Optional.of(UsernamePasswordCredentials.of(decode(user), decode(password)));
  }

  /**
   * Removes the user part from a text that is, or is to become, a URL.
   *
   * @param text may hold {@code ${name}}
   * @return the text without its user part
   */
  public static String withoutUserInfo(String text) {
    int start = userInfoStart(text);
    int end = UserInfo.end(text, start);
    return end < 0 ? text : text.substring(0, start) + text.substring(end + 1);
  }

  private static int userInfoStart(String text) {
    int colon = text.indexOf("://");
    return colon < 0 ? text.length() : colon + 3;
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
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  /** Encodes path, query and fragment; only the first number sign begins a fragment. */
  private static String encodeRest(String rest) {
    int hash = rest.indexOf('#');
    return hash < 0
        ? encode(rest, KEPT)
        : encode(rest.substring(0, hash), KEPT) + '#' + encode(rest.substring(hash + 1), KEPT);
  }

  private static String encode(String text, String keptSigns) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      boolean kept = c < 128 && (Character.isLetterOrDigit(c) || keptSigns.indexOf(c) >= 0);
      if (kept && (c != '%' || ESCAPE.matcher(text).region(i, text.length()).lookingAt())) {
        encoded.appendCodePoint(c);
      } else {
        escape(encoded, Character.toString(c));
      }
    }
    return encoded.toString();
  }

  private static void escape(StringBuilder encoded, String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format(Locale.ROOT, "%%%02X", b));
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a lone percent sign: the user did not encode
    }
  }
}
