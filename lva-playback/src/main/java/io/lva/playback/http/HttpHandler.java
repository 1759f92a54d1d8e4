package io.lva.playback.http;

import java.util.concurrent.CompletionStage;

/**
 * Answers HTTP requests, whichever server received them. Rules that hold for every request wrap
 * another handler.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers a request.
   *
   * @param request of a client
   * @return the answer, now or later; what is still to be recorded is awaited without a thread
   */
  CompletionStage<Response> handle(Request request);
}
