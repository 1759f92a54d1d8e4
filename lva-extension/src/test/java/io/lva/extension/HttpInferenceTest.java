package io.lva.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.lva.event.GraphEvent;
import io.lva.event.InferenceJson;
import io.lva.extension.image.EncodedImage;
import io.lva.extension.image.FileFormat;
import io.lva.extension.image.ImageWriter;
import io.lva.extension.image.Scale;
import io.lva.graph.ImageScale;
import io.lva.media.Inference;
import io.lva.media.InferenceValue;
import io.lva.processor.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP client against servers with each habit that the contract knows. */
class HttpInferenceTest {
  private static final String FOUND =
      "{\"inferences\":[{\"type\":\"entity\",\"entity\":{\"tag\":{\"value\":\"car\","
          + "\"confidence\":0.5},\"box\":{\"l\":0.2,\"t\":0,\"w\":0.6,\"h\":1}}}]}";

  private final FakeNodeContext context = new FakeNodeContext(1 << 20);
  private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private HttpAuthorization authorization = HttpAuthorization.none();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void send_imageAndAnswer_areThoseOfTheContract() throws Exception {
    serve(exchange -> answer(exchange, 200, "application/json", FOUND));
    List<Inference> found = get(send(client()));
    assertThat(InferenceJson.write(found)).contains("\"car\"");
    HttpExchange request = requests.get(0);
    assertThat(request.getRequestMethod()).isEqualTo("POST");
    assertThat(request.getRequestURI()).hasToString("/score?stream=a%20b");
    assertThat(header("Content-Type")).isEqualTo("image/bmp");
    assertThat(header("Content-Length")).isEqualTo("519222");
    assertThat(header("Accept")).isEqualTo("application/json, */*");
    assertThat(header("User-Agent")).isEqualTo("Azure Media Services");
    assertThat(header("x-ms-client-request-id")).hasSize(36);
    assertThat(request.getRequestHeaders().containsKey("Upgrade")).isFalse();
    assertThat(ImageIO.read(new ByteArrayInputStream(bodies.get(0))).getWidth()).isEqualTo(416);
  }

  @Test
  void send_nothingFound_isNoInference() throws Exception {
    serve(exchange -> answer(exchange, 204, "", ""));
    assertThat(get(send(client()))).isEmpty();
    assertThat(context.events).isEmpty();
  }

  @Test
  void send_otherBodies_areEventsAllTheSame() throws Exception {
    serve(exchange -> answer(exchange, 200, "text/plain", "hello"));
    assertThat(get(send(client())).get(0).value())
        .isEqualTo(new InferenceValue.Other(Optional.of("text/plain"), Optional.of("aGVsbG8=")));
    server.removeContext("/");
    serve(exchange -> answer(exchange, 200, "application/json", "{\"mine\":1}"));
    assertThat(get(send(client())).get(0).value())
        .isEqualTo(new InferenceValue.Foreign("{\"mine\":1}"));
    server.removeContext("/");
    serve(exchange -> answer(exchange, 200, "application/json", "{broken"));
    assertThat(get(send(client()))).hasSize(1);
  }

  @Test
  void send_busy_pausesAsLongAsAsked() throws Exception {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          answer(exchange, 503, "", "");
        });
    HttpInference client = client();
    assertThatThrownBy(() -> get(send(client))).hasMessageContaining("7000 ms");
    assertThat(client.isReady()).isFalse();
    context.loop.advance(6_900);
    assertThat(client.isReady()).isFalse();
    context.loop.advance(200);
    assertThat(client.isReady()).isTrue();
  }

  @Test
  void send_errors_areToldOncePerCauseAndMinute() throws Exception {
    serve(exchange -> answer(exchange, 400, "", ""));
    HttpInference client = client();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> get(send(client))).isInstanceOf(ExecutionException.class);
    }
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.ProtocolError.class);
    assertThat(client.isReady()).isTrue();
  }

  @Test
  void send_stalledBody_endsAtTheDeadline() throws Exception {
    CompletableFuture<Void> hold = new CompletableFuture<>();
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          hold.join();
        });
    HttpInference client = client();
    CompletableFuture<List<Inference>> sent = send(client);
    assertThatThrownBy(() -> get(sent, 300)).isInstanceOf(TimeoutException.class);
    assertThat(client.isReady()).isFalse();
    context.loop.advance(HttpInference.ANSWER.toMillis());
    assertThatThrownBy(() -> get(sent)).hasMessageContaining("10 s");
    assertThat(client.isReady()).isTrue();
    hold.complete(null);
  }

  @Test
  void stop_requestUnderWay_isEndedWithoutAnEvent() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Void> hold = new CompletableFuture<>();
    serve(
        exchange -> {
          asked.complete(null);
          hold.join();
        });
    HttpInference client = client();
    CompletableFuture<List<Inference>> sent = send(client);
    asked.get(20, TimeUnit.SECONDS);
    client.stop();
    assertThatThrownBy(() -> get(sent)).hasMessageContaining("the graph stops");
    assertThat(context.events).isEmpty();
    hold.complete(null);
  }

  @Test
  void send_tenMegabytes_areRefused() throws Exception {
    serve(exchange -> answer(exchange, 200, "application/json", "x".repeat(10 << 20)));
    assertThatThrownBy(() -> get(send(client()))).hasMessageContaining("larger than");
  }

  @Test
  void send_nobodyThere_isANetworkError() throws Exception {
    server.stop(0);
    assertThatThrownBy(() -> get(send(client()))).isInstanceOf(ExecutionException.class);
    assertThat(context.events).singleElement().isInstanceOf(GraphEvent.NetworkError.class);
  }

  @Test
  void send_basic_isSentAtOnce() throws Exception {
    authorization = HttpAuthorization.of("user", "pass");
    serve(exchange -> answer(exchange, 204, "", ""));
    get(send(client()));
    assertThat(header("Authorization")).isEqualTo("Basic dXNlcjpwYXNz");
  }

  @Test
  void send_digest_answersTheChallenge() throws Exception {
    authorization = HttpAuthorization.of("Mufasa", "Circle of Life");
    serve(
        exchange -> {
          boolean digest =
              exchange.getRequestHeaders().getFirst("Authorization").startsWith("Digest ");
          exchange
              .getResponseHeaders()
              .add(
                  "WWW-Authenticate",
                  "Digest realm=\"a\\\"b\", qop=\"auth,auth-int\", nonce=\"n1\","
                      + " algorithm=SHA-256");
          answer(exchange, digest ? 204 : 401, "", "");
        });
    assertThat(get(send(client()))).isEmpty();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1).getRequestHeaders().getFirst("Authorization"))
        .contains("nc=00000001", "qop=auth", "uri=\"/score?stream=a%20b\"", "algorithm=SHA-256");
  }

  private HttpInference client() {
    URI url =
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/score?stream=a%20b");
    return new HttpInference(
        url,
        "image/bmp",
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
        authorization,
        context.loop,
        new Troubles("http", url.getAuthority(), context));
  }

  private static CompletableFuture<List<Inference>> send(HttpInference client) {
    ImageWriter writer =
        new ImageWriter(new Scale(ImageScale.Mode.PAD, 416, 416), FileFormat.bmp());
    EncodedImage image = writer.write(grey(640, 360));
    return client.send(image, 0, List.of()).toCompletableFuture();
  }

  static Picture grey(int width, int height) {
    Picture.Plane luma = new Picture.Plane(ByteBuffer.allocate(width * height), width);
    Picture.Plane chroma = new Picture.Plane(ByteBuffer.allocate(width * height / 4), width / 2);
    return new Picture(width, height, true, luma, chroma, chroma);
  }

  private List<Inference> get(CompletableFuture<List<Inference>> sent) throws Exception {
    return get(sent, 20_000);
  }

  /** Runs the loop until the answer is there. */
  private List<Inference> get(CompletableFuture<List<Inference>> sent, long millis)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!sent.isDone()) {
      context.loop.runTasks();
      if (System.nanoTime() > end) {
        throw new TimeoutException("no answer");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return sent.get();
  }

  private String header(String name) {
    return requests.get(0).getRequestHeaders().getFirst(name);
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          requests.add(exchange);
          handler.handle(exchange);
          exchange.close();
        });
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", type);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      try {
        exchange.getResponseBody().write(bytes);
      } catch (IOException e) {
        // The client has had enough.
      }
    }
  }
}
