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

  /** Of a URL in the path of a relay. */
  private static final Pattern SCHEME = Pattern.compile("[a-z]://");

  private UserInfo() {}

  /**
   * Returns where the user part of a URL ends.
   *
   * <p>A password may hold any of {@code @ : / ? #} as they are. So the host is what first reads
   * like one, from the start or after an {@code @}; a mere word, which may be a piece of the
   * password, only when no address, port or domain follows a later {@code @}; a word and a number
   * at the start, which may be a user and the beginning of a password, only when no address or port
   * does.
   *
   * @param url may hold {@code ${name}}
   * @param start index after {@code ://}
   * @return the index of its {@code @}, or -1 without a user part
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
   * Returns whether a text is a host, and maybe a port.
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

  /** Returns whether a host can be nothing else: an address, or one with a port or a domain. */
  private static boolean isUnmistakable(Matcher authority, boolean domainCounts) {
    String host = authority.group(1);
    return authority.group(2) != null
        || ADDRESS.matcher(host).matches()
        || (domainCounts && host.indexOf('.') > 0);
  }

  /** Returns whether a host may as well be a user, and its port the beginning of a password. */
  private static boolean mayBeLogin(Matcher authority) {
    String host = authority.group(1);
    return authority.group(2) != null && host.indexOf('.') < 0 && !ADDRESS.matcher(host).matches();
  }

  private static boolean isAddressOrHasPort(Matcher authority) {
    String port = authority.group(2);
    return ADDRESS.matcher(authority.group(1)).matches() || (port != null && !port.isEmpty());
  }
}
