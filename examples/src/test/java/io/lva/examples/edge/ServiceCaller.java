package io.lva.examples.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubIdentity;
import io.lva.iot.testkit.ServiceApi;
import io.lva.testkit.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Plays an operations file as the tutorial's program does: by the REST interface of IoT Hub. */
final class ServiceCaller {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServiceApi api;
  private final HubIdentity module;
  private final HttpClient http;

  ServiceCaller(EdgeHubEmulator hub, ServiceApi api, HubIdentity module)
      throws IOException, GeneralSecurityException {
    this.api = api;
    this.module = module;
    http = HttpClient.newBuilder().sslContext(trusting(hub.authority())).build();
  }

  /** What happens where the file waits for Enter. */
  @FunctionalInterface
  interface Pause {
    void reached() throws Exception;
  }

  /** Plays a file with the URL of a camera; returns each method and its status. */
  List<String> play(Path operations, String cameraUrl, Pause pause) throws Exception {
    JsonNode file = JSON.readTree(Files.readString(operations));
    List<String> calls = new ArrayList<>();
    for (JsonNode operation : file.path("operations")) {
      String name = operation.path("opName").asText();
      if (name.equals("WaitForInput")) {
        pause.reached();
      } else {
        JsonNode parameters = operation.path("opParams");
        JsonNode payload =
            parameters.has("topologyUrl")
                ? topology(parameters.path("topologyUrl").asText())
                : payload(parameters, file.path("apiVersion").asText(), cameraUrl);
        calls.add(name + " " + call(name, payload).path("status").asText());
      }
    }
    return calls;
  }

  /** Calls a method; returns status and payload. */
  JsonNode call(String name, JsonNode payload) throws IOException, InterruptedException {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("methodName", name)
            .put("responseTimeoutInSeconds", 60)
            .put("connectTimeoutInSeconds", 60);
    body.set("payload", payload);
    URI uri =
        URI.create(
            "https://%s/twins/%s/modules/%s/methods?api-version=2021-04-12"
                .formatted(api.hostAndPort(), module.device(), module.module()));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", api.token())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  static ObjectNode named(String name) {
    return JsonNodeFactory.instance.objectNode().put("@apiVersion", "1.0").put("name", name);
  }

  private static JsonNode topology(String address) throws IOException {
    String path = address.substring(address.indexOf("/topologies/") + "/topologies/".length());
    return JSON.readTree(SharedData.bytes("topologies/" + path));
  }

  private static JsonNode payload(JsonNode parameters, String version, String cameraUrl) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode().put("@apiVersion", version);
    parameters.properties().forEach(each -> payload.set(each.getKey(), each.getValue()));
    for (JsonNode parameter : payload.path("properties").path("parameters")) {
      if (parameter.path("name").asText().equals("rtspUrl")) {
        ((ObjectNode) parameter).put("value", cameraUrl);
      }
    }
    return payload;
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
