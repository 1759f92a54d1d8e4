package io.lva.rtsp.session;

import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import java.util.Optional;

/**
 * Answers the requests that cameras send to their clients.
 *
 * <p>Immutable.
 */
final class ServerRequests {
  private ServerRequests() {}

  static RtspResponse answer(RtspRequest request) {
    RtspResponse response =
        switch (request.method()) {
          case "OPTIONS" ->
              RtspResponse.of(200, "OK")
                  .with("Public", "OPTIONS, GET_PARAMETER, SET_PARAMETER, REDIRECT, TEARDOWN");
          case "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "REDIRECT", "TEARDOWN" ->
              RtspResponse.of(200, "OK");
          default -> RtspResponse.of(501, "Not Implemented");
        };
    RtspResponse numbered = response.with("CSeq", request.header("CSeq").orElse("0"));
    Optional<String> session = request.header("Session");
    return session.isPresent() ? numbered.with("Session", session.get()) : numbered;
  }
}
