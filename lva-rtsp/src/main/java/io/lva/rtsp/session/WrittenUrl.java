package io.lva.rtsp.session;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.DeviationSink;
import io.lva.rtsp.RtspUrl;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URL as cameras and gateways write it into a header: in angle brackets or quotes (RFC 3986
 * appendix C), with its scheme twice (go2rtc issue 208), without a scheme (Anjvision), or relative.
 *
 * <p>Immutable.
 */
record WrittenUrl(String text) {
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)<?[a-z][a-z0-9+.-]*://.*");
  private static final Pattern WRAPPED = Pattern.compile("<[^<>]*>|\"[^\"]*\"|'[^']*'");
  private static final Pattern TWICE = Pattern.compile("(?i)(?:rtsps?://)+(?=rtsps?://)");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?::[0-9]{1,5})?");
  private static final Pattern HOST_AND_PORT = Pattern.compile("[^/?:\\s]+:\\d{1,5}");

  /**
   * Reads the value of a header.
   *
   * @param value of the header
   * @param header its name, for the deviations
   * @param deviations takes what was repaired
   */
  static WrittenUrl of(String value, String header, DeviationSink deviations) {
    String text = value.trim();
    var wrapped = WRAPPED.matcher(text);
    if (wrapped.matches()) {
      deviations.note(Deviation.URL_IN_BRACKETS, header);
      text = text.substring(1, text.length() - 1).trim();
      text = text.toLowerCase(Locale.ROOT).startsWith("url:") ? text.substring(4).trim() : text;
    }
    var twice = TWICE.matcher(text);
    if (twice.lookingAt()) {
      deviations.note(Deviation.URL_WITH_SCHEME_TWICE, header);
      text = text.substring(twice.end());
    }
    return new WrittenUrl(text);
  }

  /** Returns whether the URL has a scheme. */
  boolean isAbsolute() {
    return ABSOLUTE.matcher(text).matches();
  }

  /** Returns whether the text begins with a host, so that only the scheme is missing. */
  boolean beginsWithHost(RtspUrl request) {
    String first = text.split("[/?]", 2)[0];
    return ADDRESS.matcher(first).matches()
        || HOST_AND_PORT.matcher(first).matches()
        || first.equalsIgnoreCase(request.host())
        || first.equalsIgnoreCase(request.hostAndPort());
  }

  /**
   * Returns the URL that is meant; parts that the text leaves out are taken from the URL of the
   * request.
   *
   * @throws IllegalArgumentException when the text is not an RTSP URL
   */
  RtspUrl from(RtspUrl request) {
    if (isAbsolute() || text.startsWith("//")) {
      return RtspUrl.parse(text);
    }
    if (beginsWithHost(request)) {
      return RtspUrl.parse((request.isSecure() ? "rtsps://" : "rtsp://") + text);
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the URL is empty");
    }
    return request.resolve(text.startsWith("/") ? text : "/" + text);
  }
}
