package io.lva.asset.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A service that gives the answers of a list, the last one again and again. Thread-safe. */
final class Answers implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();

  /** One answer. */
  record Answer(int status, String body, Map<String, String> headers) {
    /** The connection breaks instead. */
    static final Answer LOST = new Answer(0, "", Map.of());

    static Answer error(int status, String code) {
      return error(status, code, Map.of());
    }

    static Answer error(int status, String code, Map<String, String> headers) {
      return new Answer(
          status, "<Error><Code>" + code + "</Code><Message>m</Message></Error>", headers);
    }

    static Answer stored(String entityTag) {
      return new Answer(200, "", Map.of("ETag", entityTag));
    }

    static Answer listing(String content) {
      return new Answer(200, "<ListBucketResult>" + content + "</ListBucketResult>", Map.of());
    }
  }

  Answers(Answer... inOrder) throws IOException {
    answers.addAll(List.of(inOrder));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer answer;
    synchronized (this) {
      requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath());
      answer = answers.size() > 1 ? answers.remove() : answers.element();
    }
    exchange.getRequestBody().readAllBytes();
    if (answer.equals(Answer.LOST)) {
      exchange.close();
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
