package io.lva.examples.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before an emulator of Blob Storage, notes the requests, and harms those a test chooses.
 */
public final class BlobProxy implements AutoCloseable {
  /** Headers that each of two connections has for itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

  private static final int FROZEN_SECONDS = 30;

  /** Everything that makes a request fail. */
  public static final List<Fault> FAILURES =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.LATE)));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final int emulatorPort;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Plan plan = request -> Fault.NONE;

  /** What becomes of a request. */
  public enum Fault {
    NONE(0, ""),
    FORBIDDEN(403, "AuthorizationFailure"),
    CONFLICT(409, "OperationTimedOut"),
    CONDITION(412, "ConditionNotMet"),
    TOO_MANY(429, "TooManyRequests"),
    BUSY(503, "ServerBusy"),
    /** The connection ends in the middle of the request. */
    CUT_REQUEST(0, ""),
    /** The request is served, and the connection ends before the answer. */
    CUT_ANSWER(0, ""),
    /** Nothing happens, for longer than anybody waits. */
    FROZEN(0, ""),
    /** The request is taken, and served when {@link #release} says so. */
    LATE(0, "");

    private final int status;
    private final String code;

    Fault(int status, String code) {
      this.status = status;
      this.code = code;
    }
  }

  /** Decides about requests. Thread-safe. */
  @FunctionalInterface
  public interface Plan {
    /** Decides about a request such as {@code PUT /account/container/blob?comp=appendblock}. */
    Fault of(String request);
  }

  private BlobProxy(HttpServer server, int emulatorPort) {
    this.server = server;
    this.emulatorPort = emulatorPort;
  }

  /** Begins to pass requests on. */
  public static BlobProxy start(URI emulator) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    BlobProxy proxy = new BlobProxy(server, emulator.getPort());
    server.setExecutor(proxy.threads);
    server.createContext("/", proxy::serve);
    server.start();
    return proxy;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void plan(Plan next) {
    plan = next;
  }

  /** Serves the requests that are late. */
  public void release() {
    released.countDown();
  }

  /** Returns the requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Waits until there were different requests that match. */
  public void await(String pattern, int count, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (requests.stream().filter(request -> request.matches(pattern)).distinct().count()
        < count) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not " + count + " of " + pattern + " in " + requests);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + ' ' + exchange.getRequestURI();
      requests.add(request);
      Fault fault = plan.of(request);
      switch (fault) {
        case CUT_REQUEST -> exchange.getRequestBody().readNBytes(1000);
        case FROZEN -> await(closed);
        case NONE -> answer(exchange, pass(exchange, body(exchange)));
        case CUT_ANSWER -> pass(exchange, body(exchange));
        case LATE -> {
          byte[] body = body(exchange);
          await(released);
          answer(exchange, pass(exchange, body));
        }
        default -> refuse(exchange, fault);
      }
    }
  }

  private static void await(CountDownLatch end) throws IOException {
    try {
      if (!end.await(FROZEN_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("nobody waits that long");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    return exchange.getRequestBody().readAllBytes();
  }

  private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException {
    URI target =
        URI.create("http://127.0.0.1:" + emulatorPort + exchange.getRequestURI().toASCIIString());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .version(HttpClient.Version.HTTP_1_1)
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    if (exchange.getRequestMethod().equals("HEAD")) {
      answer
          .headers()
          .firstValue("content-length")
          .ifPresent(size -> exchange.getResponseHeaders().set("Content-Length", size));
    }
    send(exchange, answer.statusCode(), answer.body());
  }

  private static void refuse(HttpExchange exchange, Fault fault) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("x-ms-error-code", fault.code);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    if (fault == Fault.TOO_MANY || fault == Fault.BUSY) {
      exchange.getResponseHeaders().set("Retry-After", "1");
    }
    String text = "<?xml version=\"1.0\"?><Error><Code>" + fault.code + "</Code></Error>";
    send(exchange, fault.status, text.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
