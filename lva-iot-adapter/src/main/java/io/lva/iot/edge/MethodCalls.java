package io.lva.iot.edge;

import io.lva.iot.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs direct methods on threads of their own. Methods that wait for media have separate threads,
 * so that the other methods are answered at once. The caller gets an answer within a bounded time;
 * an operation that takes longer continues. A second call of a method that waits for media, with
 * the same payload, joins the first.
 *
 * <p>Thread-safe.
 */
final class MethodCalls implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(MethodCalls.class.getName());
  private static final Set<String> WAITING =
      Set.of("GraphInstanceActivate", "GraphInstanceDeactivate");
  private static final int QUICK_THREADS = 4;
  private static final int WAITING_THREADS = 64;
  private static final int QUEUED = 1000;

  /** Carries out a method of this name with this payload. */
  @FunctionalInterface
  interface Method {
    Answer call(String name, String payload);
  }

  private record Key(String name, String payload) {}

  private final Method method;
  private final Duration patience;
  private final ThreadPoolExecutor quick = threads("lva-method", QUICK_THREADS);
  private final ThreadPoolExecutor waiting = threads("lva-method-wait", WAITING_THREADS);
  private final Map<Key, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();

  /**
   * Creates the threads.
   *
   * @param method what runs on them
   * @param patience how long a caller waits before it is told that the operation goes on
   */
  MethodCalls(Method method, Duration patience) {
    this.method = method;
    this.patience = patience;
  }

  /** Calls a method; the answer is delivered once, on any thread. */
  void call(String name, String payload, Consumer<Answer> answer) {
    CompletableFuture<Answer> result =
        WAITING.contains(name) ? joined(new Key(name, payload)) : started(quick, name, payload);
    var unused =
        result
            .copy()
            .completeOnTimeout(EdgeAnswers.goesOn(name), patience.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(done -> answer.accept(EdgeAnswers.withinLimit(name, done)));
  }

  @Override
  public void close() {
    quick.shutdown();
    waiting.shutdown();
  }

  private CompletableFuture<Answer> joined(Key key) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> first = running.putIfAbsent(key, mine);
    if (first != null) {
      return first;
    }
    var unused =
        started(waiting, key.name(), key.payload())
            .thenAccept(
                answer -> {
                  running.remove(key, mine);
                  mine.complete(answer);
                });
    return mine;
  }

  private CompletableFuture<Answer> started(
      ThreadPoolExecutor threads, String name, String payload) {
    try {
      return CompletableFuture.supplyAsync(() -> run(name, payload), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(EdgeAnswers.busy(name));
    }
  }

  private Answer run(String name, String payload) {
    try {
      return method.call(name, payload);
    } catch (Throwable e) { // whatever it was: the caller gets an answer
      LOGGER.log(System.Logger.Level.ERROR, "Direct method " + name + " failed", e);
      return EdgeAnswers.internal();
    }
  }

  private static ThreadPoolExecutor threads(String name, int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUED),
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
