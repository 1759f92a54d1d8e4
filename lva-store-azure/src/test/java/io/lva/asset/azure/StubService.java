package io.lva.asset.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An empty container that takes every write, except for what a test says: for answers of the
 * service that the emulator does not give.
 */
final class StubService implements AutoCloseable {
  private static final String ACCOUNT = "account";
  private static final String EMPTY_LISTING =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs/><NextMarker/>"
          + "</EnumerationResults>";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  /** Answers a request; the exchange is closed afterwards. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private StubService(HttpServer server) {
    this.server = server;
  }

  static StubService start() throws IOException {
    StubService stub =
        new StubService(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    stub.server.setExecutor(stub.threads);
    stub.server.createContext("/", stub::serve);
    stub.server.start();
    return stub;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + '/' + ACCOUNT);
  }

  AzureBlobOptions.Builder options() {
    return AzureBlobOptions.builder(
        "videos", AzureCredentials.sharedAccessSignature(endpoint(), "sig=c2VjcmV0"));
  }

  /** Sets the answer to requests of a method for a blob, or for the container. */
  StubService on(String method, String blob, Answer answer) {
    answers.put(method + " /" + ACCOUNT + "/videos" + (blob.isEmpty() ? "" : "/" + blob), answer);
    return this;
  }

  /** Returns an answer that refuses. */
  static Answer refusal(int status, String code) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("x-ms-error-code", code);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath();
      answers.getOrDefault(request, StubService::usual).to(exchange);
    }
  }

  private static void usual(HttpExchange exchange) throws IOException {
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("comp=list")) {
      exchange.getResponseHeaders().set("Content-Type", "application/xml");
      exchange.sendResponseHeaders(200, EMPTY_LISTING.length());
      exchange.getResponseBody().write(EMPTY_LISTING.getBytes(UTF_8));
    } else if (exchange.getRequestMethod().equals("PUT")) {
      take(exchange);
    } else {
      refusal(404, "BlobNotFound").to(exchange);
    }
  }

  /** Takes a write. */
  static void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("ETag", "\"0x1\"");
    exchange.sendResponseHeaders(201, -1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
