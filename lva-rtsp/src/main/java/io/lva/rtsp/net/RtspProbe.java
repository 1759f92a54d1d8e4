package io.lva.rtsp.net;

import io.lva.rtsp.ProbeReport;
import io.lva.rtsp.RtspException;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.session.ProbeRun;
import io.lva.spi.MediaLoop;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Plays a camera for a few seconds and reports what it offers, what it sends, and where it departs
 * from the standards.
 *
 * <p>Thread-safe.
 */
public final class RtspProbe {
  private RtspProbe() {}

  /**
   * Probes a camera.
   *
   * @param loop a loop of a {@link NettyLoopGroup}
   * @param options where the camera is
   * @param media how much media to watch, in media time; the probe ends no later than this time
   *     plus 3 s plus the media time-out after the camera began to play
   * @return a stage that completes on the loop, with the report, or exceptionally with {@link
   *     RtspException} when the camera did not describe its session
   * @throws IllegalArgumentException when the loop does not belong to a {@link NettyLoopGroup}
   */
  public static CompletionStage<ProbeReport> run(
      MediaLoop loop, RtspOptions options, Duration media) {
    return new ProbeRun(loop, options, NettyConnector.of(loop, () -> true), media).start();
  }
}
