package io.lva.rtsp.session;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The forms of PLAY (RFC 2326, section 10.5) that are tried one after the other: with and without a
 * range, with the URLs of the session and with those of its streams.
 *
 * <p>Confined to its media loop.
 */
final class PlayRequests {
  private static final int INVALID_RANGE = 457;

  private final List<String> urls;
  private int current;
  private boolean ranged = true;

  /**
   * Creates the requests of a session.
   *
   * @param ofSession URLs of the session, the likeliest first
   * @param ofStreams URLs of its streams
   */
  PlayRequests(List<String> ofSession, List<String> ofStreams) {
    urls = new ArrayList<>(ofSession);
    urls.addAll(ofStreams);
  }

  /** Returns the URL that stands for the session. */
  String url() {
    return urls.get(current);
  }

  /** Returns the request to try now. */
  RtspRequest request() {
    RtspRequest play = RtspRequest.of("PLAY", url());
    return ranged ? play.with("Range", "npt=0.000-") : play;
  }

  /**
   * Moves on to the next form.
   *
   * @param refusal the answer to the current one
   * @return what the camera does differently from the standard; empty when no other form is worth
   *     trying
   */
  Optional<Deviation> next(RtspResponse refusal) {
    if (refusal.status() == INVALID_RANGE && ranged) {
      ranged = false;
      return Optional.of(Deviation.PLAY_WITH_RANGE_REFUSED);
    }
    if (ControlUrls.isWrong(refusal.status()) && current + 1 < urls.size()) {
      current++;
      return Optional.of(Deviation.PLAY_OF_FIRST_URL_REFUSED);
    }
    return Optional.empty();
  }

  /** Starts again with the first URL. */
  void restart() {
    current = 0;
  }
}
