package io.lva.rtsp.session;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspFailure;
import io.lva.rtsp.message.RtspResponse;
import java.util.Optional;

/**
 * Evaluates the answers to SETUP (RFC 2326, section 10.4). After a refusal, another URL is tried.
 * When no URL is left, the session ends if the stream is its master; any other stream is left out.
 *
 * <p>Confined to its media loop.
 */
final class SetupAnswers {
  private static final String STEP = "SETUP";

  private final StreamSetup setup;
  private final SessionFailures failures;
  private final Deviations deviations;

  /**
   * Creates the evaluator for a session.
   *
   * @param setup its streams
   * @param failures describes what ends the session
   * @param deviations takes what was worked around
   */
  SetupAnswers(StreamSetup setup, SessionFailures failures, Deviations deviations) {
    this.setup = setup;
    this.failures = failures;
    this.deviations = deviations;
  }

  /** Takes an answer and returns why the session ends; empty when it goes on. */
  Optional<RtspFailure> accept(RtspResponse response) {
    if (!response.isSuccess()) {
      return refused(response);
    }
    try {
      return setup.accept(response.header("Transport"))
          ? Optional.empty()
          : leaveOut("over another transport", failures.otherTransport(STEP));
    } catch (TransportException e) {
      return Optional.of(failures.transportFailed(STEP, e));
    }
  }

  private Optional<RtspFailure> refused(RtspResponse response) {
    if (ControlUrls.isWrong(response.status()) && setup.tryAnotherUrl()) {
      deviations.note(Deviation.SETUP_OF_FIRST_URL_REFUSED, "status {0}", response.status());
      return Optional.empty();
    }
    return leaveOut("refused with " + response.status(), failures.refused(STEP, response));
  }

  /**
   * Leaves out the stream unless it is the master; for the master, returns why the session ends.
   */
  private Optional<RtspFailure> leaveOut(String why, RtspFailure otherwise) {
    Optional<String> left = setup.leaveOut();
    left.ifPresent(stream -> deviations.note(Deviation.TRACK_LEFT_OUT, stream + ' ' + why));
    return left.isPresent() ? Optional.empty() : Optional.of(otherwise);
  }
}
