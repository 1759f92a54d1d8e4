package io.lva.examples.cli;

import io.lva.graph.RtspSource;
import io.lva.graph.SourceClock;
import io.lva.graph.Transport;
import io.lva.graph.UnsecuredEndpoint;
import io.lva.graph.UsernamePasswordCredentials;
import io.lva.rtsp.RtspUrl;
import java.util.Optional;

/**
 * How a camera is reached.
 *
 * @param url of the camera; user information in it counts as credentials
 * @param login credentials to use if the URL has none
 * @param transport how its media travels
 * @param trust which certificates are trusted if the URL begins with {@code rtsps}
 */
record CameraLink(
    String url,
    Optional<UsernamePasswordCredentials> login,
    Transport transport,
    CameraTrust trust) {
  /**
   * Returns the source of a graph.
   *
   * @param clock the clock whose time line to follow
   * @throws CommandFailure when the URL is not that of a camera, or the file of certificates cannot
   *     be used
   */
  RtspSource source(SourceClock clock) {
    boolean secure = RtspUrl.parse(checked(url)).isSecure();
    RtspSource source =
        RtspSource.at(secure ? trust.endpoint(url) : UnsecuredEndpoint.at(url))
            .clock(clock)
            .transport(transport);
    return login.map(source::credentials).orElse(source);
  }

  /**
   * Returns the URL after checking that it is that of a camera.
   *
   * @throws CommandFailure when the URL is not that of a camera; the message never repeats a
   *     password
   */
  static String checked(String url) {
    try {
      RtspUrl.parse(url);
      return url;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "not a camera URL ("
              + e.getMessage()
              + "): expected rtsp://host[:port]/path, or rtsps:// for TLS",
          e);
    }
  }

  /** Leaves out the URL, which may hold a password. */
  @Override
  public String toString() {
    return "CameraLink[transport=" + transport + "]";
  }
}
