package io.lva.rtsp;

/** Takes apart the URLs that people and cameras write. */
final class RtspUrl {
  private RtspUrl() {}

  /**
   * Removes the user information, which may hold a password with unencoded {@code @} and {@code /}.
   */
  static String withoutUserInfo(String url) {
    int scheme = url.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int at = userInfoEnd(url, start);
    return at < 0 ? url : url.substring(0, start) + url.substring(at + 1);
  }

  /**
   * Returns the index of the {@code @} behind the user information, or -1 without one. A password
   * may hold an unencoded {@code /}: then what stands before the slash is no host and port.
   */
  static int userInfoEnd(String url, int start) {
    int slash = url.indexOf('/', start);
    int authorityEnd = slash < 0 ? url.length() : slash;
    int at = url.lastIndexOf('@', authorityEnd - 1);
    if (at >= start) {
      return at;
    }
    int colon = url.indexOf(':', start);
    boolean port =
        colon < 0
            || colon >= authorityEnd
            || url.substring(colon + 1, authorityEnd).matches("[0-9]*");
    return port || url.charAt(start) == '[' ? -1 : url.indexOf('@', authorityEnd);
  }
}
