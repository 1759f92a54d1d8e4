package io.lva.playback.http;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Finds the handler of a path.
 *
 * <p>Thread-safe.
 *
 * @param handlers by exact path
 * @param otherwise answers every other request
 */
record Routes(Map<String, RequestHandler> handlers, RequestHandler otherwise)
    implements RequestHandler {
  @Override
  public CompletionStage<Response> handle(Request request) {
    RequestHandler own = handlers.get(request.path());
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return own != null && reads ? own.handle(request) : otherwise.handle(request);
  }
}
