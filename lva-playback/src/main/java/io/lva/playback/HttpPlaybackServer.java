package io.lva.playback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves a {@link Playback} with the HTTP server of the JDK.
 *
 * <p>A player that waits for a part holds no thread. A player that reads slowly holds one of a
 * bounded number; one that reads nothing for half a minute is cut off.
 *
 * <p>Thread-safe.
 */
public final class HttpPlaybackServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpPlaybackServer.class.getName());
  private static final int CORE_THREADS = 4;
  private static final int MOST_THREADS = 256;
  private static final int WAITING = 1024;
  private static final Duration STALLED = Duration.ofSeconds(30);
  private static final int CHECKS = 6;

  private final Playback playback;
  private final HttpServer server;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService watchdog;
  private final Set<Transfer> transfers = ConcurrentHashMap.newKeySet();
  private final long stalledNanos;

  private HttpPlaybackServer(Playback playback, HttpServer server, Duration stalled) {
    this.playback = playback;
    this.server = server;
    this.stalledNanos = stalled.toNanos();
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            CORE_THREADS,
            MOST_THREADS,
            30,
            TimeUnit.SECONDS,
            new IdleThreadsFirst(),
            task -> daemon(task, "lva-http-" + number.incrementAndGet()),
            HttpPlaybackServer::queue);
    workers.allowCoreThreadTimeOut(true);
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "lva-http-watchdog"));
  }

  /**
   * Binds an address and begins to serve.
   *
   * @param playback answers the requests; stays with the caller
   * @param address where to listen; port 0 for any free one
   * @return a running server
   * @throws IOException when the address cannot be bound
   */
  public static HttpPlaybackServer start(Playback playback, InetSocketAddress address)
      throws IOException {
    return start(playback, address, STALLED);
  }

  /**
   * Binds an address and begins to serve.
   *
   * @param stalled a player that takes nothing for so long is cut off
   */
  static HttpPlaybackServer start(Playback playback, InetSocketAddress address, Duration stalled)
      throws IOException {
    // Read once, when the JDK's server class is loaded: answers are sent at once, requests that do
    // not end are cut off, and what a connection may hold is bounded.
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.maxReqTime", "10");
    setDefault("sun.net.httpserver.maxReqHeaders", "100");
    setDefault("sun.net.httpserver.maxReqHeaderSize", "65536");
    setDefault("jdk.httpserver.maxConnections", "4096");
    HttpPlaybackServer started =
        new HttpPlaybackServer(playback, HttpServer.create(address, /* backlog= */ 256), stalled);
    started.server.setExecutor(started.workers);
    started.server.createContext("/", started::handle);
    started.server.start();
    long every = Math.max(1, stalled.toMillis() / CHECKS);
    ScheduledFuture<?> unused =
        started.watchdog.scheduleWithFixedDelay(
            started::cutOffStalled, every, every, TimeUnit.MILLISECONDS);
    return started;
  }

  /**
   * Returns where the server listens.
   *
   * @return the bound address
   */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Stops listening and cuts off all players. */
  @Override
  public void close() {
    server.stop(/* delay= */ 0);
    workers.shutdownNow();
    watchdog.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    Request request;
    try {
      request =
          Request.of(exchange.getRequestMethod(), exchange.getRequestURI(), headers(exchange));
    } catch (IllegalArgumentException e) {
      send(exchange, Response.error(400, "the address has a malformed escape"), /* head= */ false);
      return;
    }
    boolean head = request.method().equals("HEAD");
    CompletableFuture<Response> answer = playback.handle(request).toCompletableFuture();
    if (answer.isDone()) {
      send(exchange, answer.join(), head);
      return;
    }
    CompletableFuture<Void> unused =
        answer
            .thenAccept(response -> workers.execute(() -> send(exchange, response, head)))
            .exceptionally(
                failure -> {
                  LOG.log(System.Logger.Level.DEBUG, "an answer cannot be sent", failure);
                  exchange.close();
                  return null;
                });
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, last(values)));
    return headers;
  }

  private static String last(List<String> values) {
    return values.isEmpty() ? "" : values.get(values.size() - 1);
  }

  private void send(HttpExchange exchange, Response response, boolean head) {
    Transfer transfer = new Transfer();
    transfers.add(transfer);
    try (exchange) {
      response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      Response.Body body = response.body();
      boolean empty = head || body.size() == 0;
      if (head) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(body.size()));
      }
      exchange.sendResponseHeaders(response.status(), empty ? -1 : body.size());
      if (!empty) {
        try (OutputStream out = new Observed(exchange.getResponseBody(), transfer)) {
          body.writeTo(out, /* offset= */ 0, body.size());
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a player left in the middle of an answer", e);
    } finally {
      transfers.remove(transfer);
      transfer.end();
    }
  }

  private void cutOffStalled() {
    long since = System.nanoTime() - stalledNanos;
    for (Transfer transfer : transfers) {
      transfer.cutOffIfStalled(since);
    }
  }

  /** All threads are busy: the task waits for one, up to a limit. */
  private static void queue(Runnable task, ThreadPoolExecutor pool) {
    if (pool.isShutdown() || !((IdleThreadsFirst) pool.getQueue()).enqueue(task)) {
      throw new RejectedExecutionException("too many requests");
    }
  }

  /** Takes a task only when a thread is idle: else the pool makes one more, up to its limit. */
  private static final class IdleThreadsFirst extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }

    boolean enqueue(Runnable task) {
      return size() < WAITING && super.offer(task);
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Notes each write that the player's side took. */
  private static final class Observed extends FilterOutputStream {
    private final Transfer transfer;

    Observed(OutputStream out, Transfer transfer) {
      super(out);
      this.transfer = transfer;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      transfer.progressed();
    }
  }

  /**
   * An answer on its way. Its thread may wait for a player that takes nothing, or for the rest of a
   * request that the server wants to skip; closing the exchange would not end the second.
   */
  private static final class Transfer {
    private final Thread thread = Thread.currentThread();
    private volatile long lastProgress = System.nanoTime();
    private boolean ended;

    void progressed() {
      lastProgress = System.nanoTime();
    }

    /** Interrupts the thread, which closes the connection it waits for. */
    synchronized void cutOffIfStalled(long since) {
      if (!ended && lastProgress - since < 0) {
        thread.interrupt();
      }
    }

    synchronized void end() {
      ended = true;
      boolean unused = Thread.interrupted();
    }
  }
}
