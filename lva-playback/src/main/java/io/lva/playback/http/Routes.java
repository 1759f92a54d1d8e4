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
record Routes(Map<String, HttpHandler> handlers, HttpHandler otherwise) implements HttpHandler {
  @Override
  public CompletionStage<Response> handle(Request request) {
    HttpHandler own = handlers.get(request.path());
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return own != null && reads ? own.handle(request) : otherwise.handle(request);
  }
}
