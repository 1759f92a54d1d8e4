package io.lva.rtsp.session;

import io.lva.rtp.Deviations;
import io.lva.rtsp.RtspOptions;
import java.util.concurrent.CompletionStage;

/**
 * Opens connections to cameras.
 *
 * <p>Confined to its media loop.
 */
@FunctionalInterface
public interface RtspConnector {
  /**
   * Begins to connect and then to play.
   *
   * @param options where to connect, and how long to wait
   * @param listener told everything, including a failure to connect
   * @param authenticator of the camera
   * @param deviations of the camera
   * @return the connection
   */
  Link open(
      RtspOptions options,
      RtspSessionListener listener,
      Authenticator authenticator,
      Deviations deviations);

  /** A connection, or the attempt to make one. */
  @FunctionalInterface
  interface Link {
    /**
     * Ends the connection in good order; the listener is no longer called. It may be called more
     * than once.
     *
     * @return a stage that completes when the connection is closed
     */
    CompletionStage<Void> stop();
  }
}
