package io.lva.extension;

import io.lva.event.InferenceJson;
import io.lva.extension.image.EncodedImage;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.spi.MediaLoop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A service that speaks HTTP: one image per request, one request at a time, and no image is sent
 * twice except to answer a challenge.
 *
 * <p>Confined to its media loop.
 */
final class HttpInference implements InferenceClient {
  /** How long a request may take, including the answer's body, which the JDK's own limit omits. */
  static final Duration ANSWER = Duration.ofSeconds(10);

  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  private final URI url;
  private final String contentType;
  private final HttpClient http;
  private final HttpAuthorization authorization;
  private final MediaLoop loop;
  private final Troubles troubles;
  private long pausedUntil;
  private boolean busy;
  private boolean stopped;
  private @Nullable CompletableFuture<?> running;

  /**
   * Creates a client.
   *
   * @param url the address with path and query
   * @param contentType of the images
   * @param http a client of HTTP/1.1 with a time limit for connecting
   */
  HttpInference(
      URI url,
      String contentType,
      HttpClient http,
      HttpAuthorization authorization,
      MediaLoop loop,
      Troubles troubles) {
    this.url = url;
    this.contentType = contentType;
    this.http = http;
    this.authorization = authorization;
    this.loop = loop;
    this.troubles = troubles;
    pausedUntil = loop.clock().nanoTime();
  }

  @Override
  public void start() {
    // Connects with the first image.
  }

  @Override
  public boolean isReady() {
    return !busy && loop.clock().nanoTime() - pausedUntil >= 0;
  }

  @Override
  public CompletionStage<List<Inference>> send(
      EncodedImage image, long utcNanos, List<Inference> upstream) {
    if (busy) {
      return CompletableFuture.failedStage(new IllegalStateException("a request is under way"));
    }
    busy = true;
    CompletableFuture<List<Inference>> result = new CompletableFuture<>();
    post(image, true, result);
    return result;
  }

  private void post(
      EncodedImage image, boolean mayChallenge, CompletableFuture<List<Inference>> result) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", contentType)
            .header("Accept", "application/json, */*")
            .header("User-Agent", "Azure Media Services")
            .header("x-ms-client-request-id", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofByteArray(image.bytes()));
    authorization.headers("POST", url).forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request.build(), info -> new LimitedBody(InferenceJson.MAXIMUM_CHARACTERS));
    running = exchange;
    MediaLoop.Timer deadline =
        loop.schedule(
            ANSWER,
            () -> {
              // First the reason, then the end of the exchange, which frees the connection.
              fail(result, "timeout", "no complete answer within " + ANSWER.toSeconds() + " s");
              exchange.cancel(true);
            });
    CompletionStage<Void> unused =
        exchange.handleAsync(
            (response, failure) -> {
              deadline.cancel();
              ended(image, mayChallenge, result, response, failure);
              return null;
            },
            loop);
  }

  private void ended(
      EncodedImage image,
      boolean mayChallenge,
      CompletableFuture<List<Inference>> result,
      @Nullable HttpResponse<byte[]> response,
      @Nullable Throwable failure) {
    if (result.isDone()) {
      return;
    }
    if (stopped) {
      result.completeExceptionally(new IOException("the graph stops"));
    } else if (response == null) {
      Throwable reason =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (reason instanceof LimitedBody.TooLargeException) {
        refuse(result, "tooLarge", String.valueOf(reason.getMessage()));
      } else {
        fail(result, code(reason), String.valueOf(reason));
      }
    } else if (response.statusCode() == UNAUTHORIZED
        && mayChallenge
        && authorization.challenged(response.headers().allValues("WWW-Authenticate"))) {
      post(image, false, result);
    } else {
      answered(response, result);
    }
  }

  private void answered(HttpResponse<byte[]> response, CompletableFuture<List<Inference>> result) {
    switch (response.statusCode()) {
      case OK -> succeed(result, inferences(response));
      case NO_CONTENT -> succeed(result, List.of());
      case UNAVAILABLE -> {
        Duration pause = pause(response.headers().firstValue("Retry-After"));
        pausedUntil = loop.clock().nanoTime() + pause.toNanos();
        refuse(result, "503", "the service is busy; next picture in " + pause.toMillis() + " ms");
      }
      default ->
          refuse(
              result,
              Integer.toString(response.statusCode()),
              "the service answers with status " + response.statusCode());
    }
  }

  private static Duration pause(Optional<String> retryAfter) {
    try {
      Duration asked =
          retryAfter
              .map(text -> Duration.ofSeconds(Long.parseLong(text.strip())))
              .orElse(DEFAULT_PAUSE);
      boolean sane = !asked.isNegative() && asked.compareTo(LONGEST_PAUSE) <= 0;
      return sane ? asked : LONGEST_PAUSE;
    } catch (NumberFormatException e) { // a date: rare, and of another clock
      return DEFAULT_PAUSE;
    }
  }

  /**
   * Reads an answer of status 200; one that is not JSON becomes an inference that holds its bytes,
   * as the contract requires.
   */
  private List<Inference> inferences(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.isEmpty() || type.startsWith("application/json")) {
      try {
        return InferenceJson.read(new String(body, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        troubles.protocol("invalidJson", "the answer is not JSON: " + e.getMessage());
      }
    }
    return List.of(
        Inference.of(
            new InferenceValue.Other(
                Optional.of(type).filter(text -> !text.isEmpty()),
                Optional.of(Base64.getEncoder().encodeToString(body)))));
  }

  private void succeed(CompletableFuture<List<Inference>> result, List<Inference> inferences) {
    busy = false;
    result.complete(inferences);
  }

  private void refuse(CompletableFuture<List<Inference>> result, String code, String reason) {
    busy = false;
    troubles.protocol(code, reason);
    result.completeExceptionally(new IOException(reason));
  }

  private void fail(CompletableFuture<List<Inference>> result, String code, String reason) {
    busy = false;
    troubles.network(code, reason);
    result.completeExceptionally(new IOException(reason));
  }

  private static String code(@Nullable Throwable reason) {
    return reason == null ? "failed" : reason.getClass().getSimpleName();
  }

  @Override
  public void stop() {
    stopped = true;
    CompletableFuture<?> some = running;
    running = null;
    if (some != null) {
      some.cancel(true);
    }
  }
}
