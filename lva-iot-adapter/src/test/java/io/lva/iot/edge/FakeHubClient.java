package io.lva.iot.edge;

import static java.util.Objects.requireNonNull;

import io.lva.iot.Answer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that is connected at once and whose twin the test reads out. */
final class FakeHubClient implements HubClient {
  private static final long PATIENCE_SECONDS = 60;

  private final Listener listener;
  private final BlockingQueue<CompletableFuture<String>> reads = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();

  FakeHubClient(Listener listener) {
    this.listener = listener;
  }

  /** Waits until the twin is asked for; the test completes what this returns. */
  CompletableFuture<String> nextRead() throws InterruptedException {
    return requireNonNull(reads.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "the twin is not read");
  }

  /** Returns whether the twin has been asked for and {@link #nextRead} has not returned it. */
  boolean isAskedForTwin() {
    return !reads.isEmpty();
  }

  /** Calls a direct method and waits for its answer. */
  Answer call(String name, String payload) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    String request = "request-" + answers.size();
    answers.put(request, answer);
    listener.method(request, name, payload);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void open() {
    listener.connected();
  }

  @Override
  public CompletableFuture<Void> watchTwin() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> acceptMethods() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<String> twin() {
    CompletableFuture<String> read = new CompletableFuture<>();
    reads.add(read);
    return read;
  }

  @Override
  public CompletableFuture<Void> report(String patch) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> send(OutgoingMessage message) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void answer(String request, int status, String payload) {
    requireNonNull(answers.get(request)).complete(new Answer(status, payload));
  }

  @Override
  public void close() {}
}
