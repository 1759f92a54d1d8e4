package io.lva.examples.cli;

import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.graph.SourceClock;
import io.lva.graph.Transport;
import io.lva.graph.UsernamePasswordCredentials;
import io.lva.rtsp.RtspUrl;
import java.util.Optional;

/** The graph of a camera that is recorded to an asset. */
final class ContinuousRecording {
  private ContinuousRecording() {}

  /**
   * Builds the topology.
   *
   * @param url of the camera; user information in it counts as credentials
   * @param login credentials where the URL has none
   * @param clock the clock whose time line to follow
   * @param transport how its media travels
   * @param asset name of the asset
   * @param trigger what makes a recording begin
   * @throws CommandFailure when the URL is not an RTSP URL
   */
  static GraphTopology topology(
      String url,
      Optional<UsernamePasswordCredentials> login,
      SourceClock clock,
      Transport transport,
      String asset,
      RecordingTrigger trigger) {
    RtspSource source = RtspSource.at(checked(url)).clock(clock).transport(transport);
    RtspSource camera = login.map(source::credentials).orElse(source);
    return trigger.topology(camera, asset);
  }

  /**
   * Returns the URL.
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
          "this is no camera's URL (" + e.getMessage() + "): expected rtsp://host[:port]/path", e);
    }
  }
}
