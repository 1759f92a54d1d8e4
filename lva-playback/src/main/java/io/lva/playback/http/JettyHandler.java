package io.lva.playback.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;

/**
 * Translates between Jetty's exchanges and a {@link HttpHandler}.
 *
 * <p>Thread-safe.
 */
final class JettyHandler extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(JettyHandler.class.getName());

  /** Marks an exchange that is closed without an answer, because the server stops. */
  private static final String UNANSWERED = JettyHandler.class.getName() + ".unanswered";

  private final HttpHandler handler;
  private final HttpMetrics metrics;
  private final Executor threads;

  /**
   * Creates the translation.
   *
   * @param threads send answers that had to be awaited; sending them may read a store
   */
  JettyHandler(HttpHandler handler, HttpMetrics metrics, Executor threads) {
    this.handler = handler;
    this.metrics = metrics;
    this.threads = threads;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request exchange,
      org.eclipse.jetty.server.Response out,
      Callback callback) {
    exchange.addIdleTimeoutListener(
        idle -> out.isCommitted()); // a player that waits for a part is not idle
    Request request;
    try {
      request = Request.of(exchange.getMethod(), target(exchange.getHttpURI()), headers(exchange));
    } catch (IllegalArgumentException e) {
      send(Response.error(400, "the address has a malformed escape"), false, out, callback);
      return true;
    }
    boolean head = request.method().equals("HEAD");
    CompletableFuture<Response> answer = handler.handle(request).toCompletableFuture();
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      send(answer.join(), head, out, callback);
      return true;
    }
    CompletableFuture<Void> unused =
        answer
            .thenAcceptAsync(response -> send(response, head, out, callback), threads)
            .exceptionally(
                failure -> {
                  boolean stopped = failure.getCause() instanceof RejectedExecutionException;
                  if (stopped) {
                    exchange.setAttribute(UNANSWERED, true);
                    metrics.unanswered();
                  }
                  if (stopped && !answer.isCompletedExceptionally()) {
                    answer.join().body().close();
                  }
                  callback.failed(failure);
                  return null;
                });
    return true;
  }

  private static String target(HttpURI uri) {
    String path = uri.getPath() == null ? "/" : uri.getPath();
    return uri.getQuery() == null ? path : path + '?' + uri.getQuery();
  }

  private static Map<String, String> headers(org.eclipse.jetty.server.Request exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpField field : exchange.getHeaders()) {
      headers.put(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    return headers;
  }

  private void send(
      Response response, boolean head, org.eclipse.jetty.server.Response out, Callback callback) {
    Callback end = Callback.from(response.body()::close, callback);
    if (head || response.body().size().orElse(1) == 0) {
      begin(response, out);
      end.succeeded();
      return;
    }
    try {
      BodyTransfer transfer = new BodyTransfer(response.body(), out, metrics, threads, end);
      begin(response, out);
      transfer.iterate();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the media of an answer cannot be opened", e);
      response.body().close();
      send(Response.error(503, "the media cannot be read now"), false, out, callback);
    } catch (RuntimeException | Error e) {
      response.body().close();
      throw e;
    }
  }

  /** Counts an answer and sets its status and headers, once it is certain to be sent. */
  private void begin(Response response, org.eclipse.jetty.server.Response out) {
    metrics.answered(response.status());
    out.setStatus(response.status());
    out.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.headers().forEach((name, value) -> out.getHeaders().put(name, value));
    response.body().size().ifPresent(size -> putLength(out, response.status(), size));
  }

  private static void putLength(org.eclipse.jetty.server.Response out, int status, long size) {
    if (status != HttpStatus.NO_CONTENT_204 && status != HttpStatus.NOT_MODIFIED_304) {
      out.getHeaders().put(HttpHeader.CONTENT_LENGTH, size);
    }
  }

  /** Answers a request that is malformed or too long, or whose answer failed before it began. */
  boolean refuse(
      org.eclipse.jetty.server.Request exchange,
      org.eclipse.jetty.server.Response out,
      Callback callback) {
    if (exchange.getAttribute(UNANSWERED) == null) {
      metrics.answered(out.getStatus());
    }
    out.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    String reason = HttpStatus.getMessage(out.getStatus()) + "\n";
    Content.Sink.write(out, /* last= */ true, reason, callback);
    return true;
  }
}
