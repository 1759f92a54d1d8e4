package io.lva.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the user part of URLs as people write them.
 *
 * <p>Immutable.
 */
public final class UserInfo {
  private static final Pattern AUTHORITY_END = Pattern.compile("[/?#]|$");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(\\[[^\\]\\s@]+]|[^:@\\[\\]\\s\\p{Cntrl}]+)(?::((?:\\d{1,5}|\\$\\{[^}]*})?))?");
  private static final Pattern ADDRESS =
      Pattern.compile("\\[.*|(?:\\d{1,3}\\.){3}\\d{1,3}|(?i:localhost)|\\$\\{.*");

  /** The scheme of a further URL, which the path of a relay may contain. */
  private static final Pattern SCHEME = Pattern.compile("[a-z]://");

  private UserInfo() {}

  /**
   * Returns where the user part of a URL ends.
   *
   * <p>A password may contain any of {@code @ : / ? #} unescaped. So the host is the first text, at
   * the start or after an {@code @}, that reads like a host, with two exceptions:
   *
   * <ul>
   *   <li>A mere word may be a piece of the password. It is the host only when no later {@code @}
   *       is followed by an address, a host with a port, or a domain with a path.
   *   <li>A word and a number at the start may be a user and the beginning of a password. They are
   *       the host only when no later {@code @} is followed by an address or a host with a port, or
   *       when another URL follows, as in the path of a relay.
   * </ul>
   *
   * @param url may hold {@code ${name}}
   * @param start index after {@code ://}
   * @return the index of the {@code @} that ends it, or -1 when there is no user part
   */
  public static int end(String url, int start) {
    int word = -1;
    boolean likely = false;
    int host = start;
    do {
      Matcher authority = authorityAt(url, host);
      if (authority.matches()) {
        boolean pathFollows = authority.regionEnd() < url.length();
        if (host == start && mayBeLogin(authority)) {
          likely = !SCHEME.matcher(url).region(authority.regionEnd(), url.length()).find();
          if (!likely) {
            return -1;
          }
        } else if (likely
            ? isAddressOrHasPort(authority)
            : isUnmistakable(authority, word < 0 || pathFollows)) {
          return host == start ? -1 : host - 1;
        }
        word = word < 0 ? host : word;
      }
      host = url.indexOf('@', host) + 1;
    } while (host > 0);
    return word <= start ? -1 : word - 1;
  }

  /**
   * Returns whether a text is a host, with or without a port.
   *
   * @param authority any authority
   * @return true for {@code host}, {@code host:port} or a bracketed address with or without port
   */
  public static boolean isHostAndPort(String authority) {
    return HOST_AND_PORT.matcher(authority).matches();
  }

  private static Matcher authorityAt(String url, int index) {
    Matcher end = AUTHORITY_END.matcher(url);
    int authorityEnd = end.find(index) ? end.start() : url.length();
    return HOST_AND_PORT.matcher(url).region(index, authorityEnd);
  }

  /** Returns whether a text can only be a host: an address, or a name with a port or a domain. */
  private static boolean isUnmistakable(Matcher authority, boolean domainCounts) {
    String host = authority.group(1);
    return authority.group(2) != null
        || ADDRESS.matcher(host).matches()
        || (domainCounts && host.indexOf('.') > 0);
  }

  /** Returns whether the host might be a user name, and the port the beginning of a password. */
  private static boolean mayBeLogin(Matcher authority) {
    String host = authority.group(1);
    return authority.group(2) != null && host.indexOf('.') < 0 && !ADDRESS.matcher(host).matches();
  }

  private static boolean isAddressOrHasPort(Matcher authority) {
    String port = authority.group(2);
    return ADDRESS.matcher(authority.group(1)).matches() || (port != null && !port.isEmpty());
  }
}
