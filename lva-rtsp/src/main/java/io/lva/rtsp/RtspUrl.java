package io.lva.rtsp;

import io.lva.graph.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a camera (RFC 2326 section 3.2). User information is split off at once: what is sent,
 * shown and logged never holds it.
 *
 * <p>Immutable.
 */
public final class RtspUrl {
  /** The port of {@code rtsp} when none is given. */
  public static final int DEFAULT_PORT = 554;

  /** The port of {@code rtsps} when none is given. */
  public static final int DEFAULT_TLS_PORT = 322;

  private static final String SCHEME = "rtsp://";
  private static final String TLS_SCHEME = "rtsps://";
  private static final Pattern USER_INFO = Pattern.compile("(?i)(rtsps?://)[^/?\\s]*@");
  private static final Pattern URL = Pattern.compile("(?i)rtsps?://\\S+");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)((?:pass|passwd|password|pwd|token|auth)=)[^&/?;\\s]+");

  private final boolean secure;
  private final String host;
  private final int port;
  private final String text;
  private final Optional<RtspCredentials> credentials;

  private RtspUrl(
      boolean secure, String host, int port, String text, Optional<RtspCredentials> credentials) {
    this.secure = secure;
    this.host = host;
    this.port = port;
    this.text = text;
    this.credentials = credentials;
  }

  /**
   * Reads a URL as people write it; a password may hold unencoded {@code @ : / %}.
   *
   * @param text begins with {@code rtsp://}, or with {@code rtsps://} for TLS
   * @return the URL and the credentials in it
   * @throws IllegalArgumentException when this is not an RTSP URL; the message never holds the
   *     text, which may contain a password
   */
  public static RtspUrl parse(String text) {
    String trimmed = text.trim();
    String lower = trimmed.toLowerCase(Locale.ROOT);
    boolean secure = lower.startsWith(TLS_SCHEME);
    if (!secure && !lower.startsWith(SCHEME)) {
      throw new IllegalArgumentException("the URL must begin with rtsp:// or rtsps://");
    }
    String scheme = secure ? TLS_SCHEME : SCHEME;
    int at = UserInfo.end(trimmed, scheme.length());
    String rest = trimmed.substring(at < 0 ? scheme.length() : at + 1);
    int authorityEnd = authorityEnd(rest);
    String authority = rest.substring(0, authorityEnd);
    int hostEnd = hostEnd(authority);
    String host = authority.substring(0, hostEnd);
    boolean cut = host.startsWith("[") && !host.endsWith("]");
    if (host.isEmpty() || cut || host.chars().anyMatch(c -> c <= ' ' || c == '@' || c > '~')) {
      throw new IllegalArgumentException("the URL names no host");
    }
    return new RtspUrl(
        secure,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        parsePort(authority.substring(hostEnd), secure ? DEFAULT_TLS_PORT : DEFAULT_PORT),
        scheme + authority + encode(rest.substring(authorityEnd)),
        at < 0 ? Optional.empty() : parseUserInfo(trimmed.substring(scheme.length(), at)));
  }

  /**
   * Returns whether the connection is made over TLS.
   *
   * @return true for {@code rtsps}
   */
  public boolean isSecure() {
    return secure;
  }

  /**
   * Returns whether a port was given.
   *
   * @return false when the URL gives none and {@link #port} is the default of its scheme
   */
  public boolean hasPort() {
    String authority = text.substring(text.indexOf("://") + 3);
    authority = authority.substring(0, authorityEnd(authority));
    return authority.length() > hostEnd(authority) + 1;
  }

  /**
   * Returns the host to connect to.
   *
   * @return its name or address, without brackets
   */
  public String host() {
    return host;
  }

  /**
   * Returns the port to connect to.
   *
   * @return 1 to 65535; the default of the scheme when the URL gives none
   */
  public int port() {
    return port;
  }

  /**
   * Returns host and port for messages.
   *
   * @return the text, for example {@code camera:554}
   */
  public String hostAndPort() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /**
   * Returns the credentials that the URL had in front of its host.
   *
   * @return the credentials, decoded, if there were any
   */
  public Optional<RtspCredentials> credentials() {
    return credentials;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RtspUrl that
        && text.equals(that.text)
        && credentials.equals(that.credentials);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /**
   * Returns the URL as it appears in requests.
   *
   * @return the URL without user information; its path or query may hold a password (XMEye)
   */
  public String requestUri() {
    return text;
  }

  /**
   * Reads a URL that may leave out scheme, host and port; they are then taken from this URL.
   *
   * @param reference absolute, or beginning with a slash
   * @return the URL, which has only the credentials given in the reference
   * @throws IllegalArgumentException when it is not an RTSP URL
   */
  public RtspUrl resolve(String reference) {
    String trimmed = reference.trim();
    boolean relative = trimmed.startsWith("/") && !trimmed.startsWith("//");
    return parse(relative ? (secure ? TLS_SCHEME : SCHEME) + hostAndPort() + trimmed : trimmed);
  }

  /**
   * Returns the URL for display, without user information and with the passwords in its parameters
   * hidden.
   */
  @Override
  public String toString() {
    return hideSecrets(text);
  }

  /**
   * Hides in any text the user information of RTSP URLs, unless it holds white space, and the
   * values of parameters such as {@code password=}, which some cameras want in the path or the
   * query.
   *
   * @param text any text
   * @return the text, safe to show
   */
  public static String hideSecrets(String text) {
    String usual = USER_INFO.matcher(text).replaceAll("$1");
    String hidden =
        URL.matcher(usual)
            .replaceAll(url -> Matcher.quoteReplacement(withoutUserInfo(url.group())));
    return SECRET_PARAMETER.matcher(hidden).replaceAll("$1****");
  }

  /**
   * Removes the user information of any URL.
   *
   * @param url of any scheme
   * @return the URL without it
   */
  public static String withoutUserInfo(String url) {
    int scheme = url.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int at = UserInfo.end(url, start);
    return at < 0 ? url : url.substring(0, start) + url.substring(at + 1);
  }

  private static int authorityEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
        return i;
      }
    }
    return rest.length();
  }

  private static int hostEnd(String authority) {
    int bracket = authority.startsWith("[") ? authority.indexOf(']') : -1;
    if (bracket > 0) {
      return bracket + 1;
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority.length() : colon;
  }

  private static int parsePort(String text, int defaultPort) {
    if (text.isEmpty() || text.equals(":")) {
      return defaultPort;
    }
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text.substring(1)) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the port in the URL is not a number from 1 to 65535");
    }
    return port;
  }

  private static Optional<RtspCredentials> parseUserInfo(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Optional.of(
        RtspCredentials.decoded(
            decode(user), decode(password), RtspCredentials.of(user, password)));
  }

  /** Decodes percent-encoded bytes; a percent sign in front of anything else stays. */
  private static String decode(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[source.length];
    int length = 0;
    for (int i = 0; i < source.length; i++) {
      int high = source[i] == '%' && i + 2 < source.length ? hexDigit(source[i + 1]) : -1;
      int low = high < 0 ? -1 : hexDigit(source[i + 2]);
      decoded[length++] = low < 0 ? source[i] : (byte) (16 * high + low);
      i += low < 0 ? 0 : 2;
    }
    return new String(decoded, 0, length, StandardCharsets.UTF_8);
  }

  private static int hexDigit(byte character) {
    return character < 0 ? -1 : Character.digit(character, 16);
  }

  /** Encodes the characters that would break a request line. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
      if (next <= ' ' || next == 0x7f) {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", next & 0xff));
      } else {
        encoded.append((char) next);
      }
    }
    return encoded.toString();
  }
}
