package io.lva.playback.http;

import java.util.concurrent.CompletionStage;

/**
 * Answers HTTP requests, whichever server received them. A rule that holds for every request is a
 * handler that wraps another.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers a request.
   *
   * @param request of a client
   * @return the answer, now or later; waiting for something to be recorded holds no thread
   */
  CompletionStage<Response> handle(Request request);
}
