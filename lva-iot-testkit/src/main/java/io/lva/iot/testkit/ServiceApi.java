package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The REST interface of IoT Hub that the service SDKs call: direct methods and twins of modules.
 *
 * <p>Thread-safe.
 */
public final class ServiceApi implements AutoCloseable {
  private static final int PORT = 443;

  /** The policy that may do everything. */
  private static final String POLICY = "iothubowner";

  private static final String KEY =
      Base64.getEncoder().encodeToString("key of the owner 0123456789".getBytes(UTF_8));
  private static final Pattern PATH = Pattern.compile("/twins/([^/]+)/modules/([^/]+)(/methods)?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EdgeHub hub;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private ServiceApi(EdgeHub hub, HttpsServer server) throws IOException {
    this.hub = hub;
    this.server = server;
    server.setHttpsConfigurator(new HttpsConfigurator(hub.certificates().server()));
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Starts the server at the address of a hub, on port 443, because the service SDKs use no other
   * port.
   *
   * @param hub the hub whose modules are called
   * @return a server
   * @throws java.net.BindException when this process may not use the port, or it is taken
   * @throws IOException when it cannot start
   */
  public static ServiceApi start(EdgeHub hub) throws IOException {
    return new ServiceApi(
        hub, HttpsServer.create(new InetSocketAddress(hub.address(), PORT), /* backlog= */ 0));
  }

  /**
   * Returns the connection string of the policy {@code iothubowner}, which may do everything.
   *
   * @return the string, with the address as host name
   */
  public String connectionString() {
    return "HostName=%s;SharedAccessKeyName=%s;SharedAccessKey=%s"
        .formatted(hub.address(), POLICY, KEY);
  }

  /** Stops the server. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!SharedAccessSignature.verify(authorization, hub.address(), KEY)) {
        fail(exchange, 401, "401003", "IotHubUnauthorized");
      } else {
        Optional<HubIdentity> module =
            path.matches() ? hub.module(path.group(1), path.group(2)) : Optional.empty();
        if (module.isEmpty()) {
          fail(exchange, 404, "404010", "ModuleNotFound");
        } else if (path.group(3) != null) {
          method(exchange, module.get(), JSON.readTree(body));
        } else {
          twin(exchange, module.get(), body);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void method(HttpExchange exchange, HubIdentity module, JsonNode call)
      throws IOException, InterruptedException {
    Duration connect = Duration.ofSeconds(call.path("connectTimeoutInSeconds").asInt(0));
    if (!hub.awaitModule(module, connect)) {
      fail(exchange, 404, "404103", "Timed out waiting for device to connect.");
      return;
    }
    MethodResult result =
        hub.invoke(
            module,
            call.path("methodName").asText(),
            call.has("payload") ? call.get("payload").toString() : "",
            Duration.ofSeconds(call.path("responseTimeoutInSeconds").asInt(30)));
    if (result.equals(MethodResult.TIMED_OUT)) {
      fail(exchange, 504, "504101", "Timed out waiting for the response from device.");
      return;
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", result.status());
    answer.set("payload", result.json());
    send(exchange, 200, answer);
  }

  private void twin(HttpExchange exchange, HubIdentity module, byte[] body) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      JsonNode desired = JSON.readTree(body).path("properties").path("desired");
      hub.patchDesired(module, desired.toString());
    }
    ObjectNode twin =
        JsonNodeFactory.instance
            .objectNode()
            .put("deviceId", module.device())
            .put("moduleId", module.module())
            .put("etag", "AAAAAAAAAAE=");
    twin.set("properties", hub.twin(module).properties());
    send(exchange, 200, twin);
  }

  private static void fail(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    ObjectNode inner =
        JsonNodeFactory.instance
            .objectNode()
            .put("errorCode", Integer.parseInt(code))
            .put("message", message);
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("Message", inner.toString())
            .put("ExceptionMessage", "");
    send(exchange, status, answer);
  }

  private static void send(HttpExchange exchange, int status, ObjectNode json) throws IOException {
    byte[] bytes = json.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
