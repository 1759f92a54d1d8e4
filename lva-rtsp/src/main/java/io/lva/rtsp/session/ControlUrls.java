package io.lva.rtsp.session;

import io.lva.graph.UserInfo;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.DeviationSink;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtspHeaders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the URLs of a session and its streams (RFC 2326 appendix C.1.1), as servers expect them
 * rather than as RFC 3986 would resolve them.
 *
 * <p>Immutable.
 */
final class ControlUrls {
  private static final Set<Integer> WRONG_URL = Set.of(400, 404, 451, 459, 460, 500);

  private static final Pattern ABSOLUTE = Pattern.compile("(?i)rtsp[su]?://.*");

  private final String request;
  private final String base;

  private ControlUrls(String request, String base) {
    this.request = request;
    this.base = base;
  }

  /** Takes the base from a response to DESCRIBE, or else from the URL of the request. */
  static ControlUrls of(RtspUrl request, RtspHeaders headers, DeviationSink deviations) {
    Optional<String> named =
        headers
            .first("Content-Base")
            .or(() -> headers.first("Content-Location"))
            .map(String::trim)
            .filter(value -> !value.isEmpty());
    return new ControlUrls(
        request.requestUri(),
        named.map(value -> repair(value, request, deviations)).orElse(request.requestUri()));
  }

  /** Returns the URLs to try for a stream, the likeliest first. */
  List<String> ofStream(Optional<String> control, Optional<String> sessionControl) {
    Set<String> urls = new LinkedHashSet<>();
    urls.add(append(base, control.orElse("")));
    urls.add(append(request, control.orElse("")));
    urls.add(replaceLastSegment(base, control.orElse("")));
    sessionControl
        .filter(value -> ABSOLUTE.matcher(value).matches())
        .ifPresent(session -> urls.add(append(append(base, session), control.orElse(""))));
    // A camera behind a port forwarding may name its own address and know only that of the request.
    List.copyOf(urls).forEach(url -> urls.add(authorityOf(request) + behindAuthority(url)));
    return List.copyOf(urls);
  }

  /** Returns the URLs to try for the whole session, the likeliest first. */
  List<String> ofSession(Optional<String> control) {
    Set<String> urls = new LinkedHashSet<>();
    urls.add(append(base, control.orElse("*")));
    urls.add(base);
    urls.add(request);
    return List.copyOf(urls);
  }

  /** Turns a camera's Content-Base into an absolute URL (Anjvision, go2rtc issue 208). */
  private static String repair(String value, RtspUrl request, DeviationSink deviations) {
    WrittenUrl written = WrittenUrl.of(value, "Content-Base", deviations);
    String url = written.text();
    if (written.isAbsolute()) {
      return repairAuthority(RtspUrl.withoutUserInfo(url), request, deviations);
    }
    if (written.beginsWithHost(request)) {
      deviations.note(Deviation.CONTENT_BASE_WITHOUT_SCHEME, "{0} characters", url.length());
      return "rtsp://" + url;
    }
    deviations.note(Deviation.CONTENT_BASE_RELATIVE, "{0} characters", url.length());
    return url.startsWith("/") ? authorityOf(request.requestUri()) + url : request.requestUri();
  }

  private static String repairAuthority(String url, RtspUrl request, DeviationSink deviations) {
    String authority = authorityOf(url);
    if (UserInfo.isHostAndPort(authority.substring(authority.indexOf("://") + 3))) {
      return url;
    }
    deviations.note(
        Deviation.CONTENT_BASE_WITH_BAD_HOST, "authority of {0} characters", authority.length());
    return authorityOf(request.requestUri()) + url.substring(authority.length());
  }

  private static String authorityOf(String url) {
    int start = url.indexOf("://") + 3;
    int end = start;
    while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
      end++;
    }
    return url.substring(0, end);
  }

  private static String behindAuthority(String url) {
    return url.substring(authorityOf(url).length());
  }

  /**
   * Appends a control attribute to a URL, even after its query: Dahua expects {@code
   * …?channel=1&subtype=0/trackID=1}.
   */
  private static String append(String url, String control) {
    if (control.isEmpty() || control.equals("*")) {
      return url;
    }
    if (ABSOLUTE.matcher(control).matches()) {
      return RtspUrl.withoutUserInfo(control);
    }
    if (control.startsWith("?")) {
      return url + control;
    }
    String left = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    return left + (control.startsWith("/") ? "" : "/") + control;
  }

  private static String replaceLastSegment(String url, String control) {
    if (control.isEmpty() || control.equals("*") || ABSOLUTE.matcher(control).matches()) {
      return append(url, control);
    }
    String authority = authorityOf(url);
    String path = url.substring(authority.length()).split("\\?", 2)[0];
    int slash = path.lastIndexOf('/');
    return control.startsWith("/")
        ? authority + control
        : authority + (slash < 0 ? "/" : path.substring(0, slash + 1)) + control;
  }

  /** Returns whether a status may mean that the control URL was wrong and another one is right. */
  static boolean isWrong(int status) {
    return WRONG_URL.contains(status);
  }
}
