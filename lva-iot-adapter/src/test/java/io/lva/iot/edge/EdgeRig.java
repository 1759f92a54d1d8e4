package io.lva.iot.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.auth.IotHubSSLContext;
import com.microsoft.azure.sdk.iot.device.transport.ExponentialBackoffWithJitter;
import io.lva.event.GraphEvent;
import io.lva.event.RecordingOutput;
import io.lva.iot.testkit.EdgeHub;
import io.lva.iot.testkit.EdgeHub.Condition;
import io.lva.iot.testkit.EdgeHubEmulator;
import io.lva.iot.testkit.HubEvent;
import io.lva.iot.testkit.HubIdentity;
import io.lva.iot.testkit.MethodResult;
import io.lva.media.MediaEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The module in this process with Microsoft's client, an emulated hub, and a graph whose events the
 * test makes up.
 */
final class EdgeRig implements AutoCloseable {
  static final HubIdentity LVA = HubIdentity.of("edge1", "lvaEdge");
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final Duration EXPIRATION_CHECK = Duration.ofMillis(100);
  static final String VERSION = "{\"@apiVersion\":\"2.0\"}";
  static final String OUTPUT = "AmsOperational";

  /** How soon Microsoft's client notices that something is wrong, and comes back. */
  enum Client {
    /** As in production. */
    STANDARD(
        SdkHubClient.options().getKeepAliveInterval(),
        Duration.ofMinutes(4),
        10_000,
        SdkHubClient.EXPIRY),
    /** Notices a silent hub within seconds, and gives up on one that is away for longer. */
    QUICK(1, Duration.ofSeconds(3), 10_000, SdkHubClient.EXPIRY),
    /** Comes back at once. */
    EAGER(
        SdkHubClient.options().getKeepAliveInterval(),
        Duration.ofMinutes(4),
        10,
        SdkHubClient.EXPIRY),
    /** Lets a message go when the hub takes longer than a second to acknowledge it. */
    FORGETFUL(
        SdkHubClient.options().getKeepAliveInterval(),
        Duration.ofMinutes(4),
        10_000,
        Duration.ofSeconds(1));

    private final int keepAliveSeconds;
    private final Duration operationTimeout;
    private final int longestPauseMillis;
    private final Duration expiry;

    Client(
        int keepAliveSeconds, Duration operationTimeout, int longestPauseMillis, Duration expiry) {
      this.keepAliveSeconds = keepAliveSeconds;
      this.operationTimeout = operationTimeout;
      this.longestPauseMillis = longestPauseMillis;
      this.expiry = expiry;
    }

    private void configure(ModuleClient client) {
      client.setOperationTimeout(operationTimeout.toMillis());
      int shortest = Math.min(100, longestPauseMillis);
      client.setRetryPolicy(
          new ExponentialBackoffWithJitter(
              Integer.MAX_VALUE,
              shortest,
              longestPauseMillis,
              shortest,
              /* firstFastRetry= */ true));
    }
  }

  private final EventNodes nodes = new EventNodes();
  private final Semaphore clients = new Semaphore(0);
  private final Client kind;
  private final EdgeHubEmulator hub;
  private final EdgeModule module;
  private int published;

  EdgeRig(Path folder, Client kind) throws IOException {
    this.kind = kind;
    hub = EdgeHubEmulator.start(folder.resolve("hub"), LVA);
    hub.patchDesired(LVA, settings(folder.resolve("data")));
    EdgeOptions options =
        EdgeOptions.standard(folder.resolve("state"))
            .longestPause(Duration.ofSeconds(2))
            .runtime(runtime -> runtime.nodes(nodes.source(), nodes.sink()));
    module = EdgeModule.start(options, this::client);
  }

  static String settings(Path dataDirectory) {
    return """
    {"applicationDataDirectory": "%s", "aadTenantId": "t", "allowUnsecuredEndpoints": true,
     "operationalEventsOutputName": "%s", "diagnosticsEventsOutputName": "AmsDiagnostics"}\
    """
        .formatted(dataDirectory, OUTPUT);
  }

  private HubClient client(HubClient.Listener listener) throws IOException {
    HubClient client = client(hub, LVA, kind, listener);
    clients.release();
    return client;
  }

  static HubClient client(EdgeHub hub, HubIdentity who, Client kind, HubClient.Listener listener)
      throws IOException {
    String connection =
        requireNonNull(hub.developmentEnvironment(who).get("EdgeHubConnectionString"));
    try {
      ModuleClient client =
          new ModuleClient(
              connection,
              IotHubClientProtocol.MQTT,
              SdkHubClient.options().toBuilder()
                  .keepAliveInterval(kind.keepAliveSeconds)
                  .messageExpirationCheckPeriod(EXPIRATION_CHECK.toMillis())
                  .sslContext(IotHubSSLContext.getSSLContextFromFile(hub.authority().toString()))
                  .build());
      kind.configure(client);
      return new SdkHubClient(client, listener, kind.expiry);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  EdgeHubEmulator hub() {
    return hub;
  }

  MethodResult invoke(String name, String payload) throws InterruptedException {
    return hub.invoke(LVA, name, payload, PATIENCE);
  }

  void await(Condition condition) throws InterruptedException {
    assertThat(hub.await(condition, PATIENCE)).as("in time").isTrue();
  }

  void awaitReported(String text) throws InterruptedException {
    await(() -> hub.reported(LVA).contains(text));
  }

  /** Waits until the hub has refused the module this many times more. */
  void awaitRefusals(int count) throws InterruptedException {
    int end = hub.refusals() + count;
    await(() -> hub.refusals() >= end);
  }

  /** Waits until the client of now has given up for good, and was replaced. */
  void awaitNextClient(Runnable outage) throws InterruptedException {
    clients.drainPermits();
    outage.run();
    assertThat(clients.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("replaced").isTrue();
  }

  /** Asserts that direct methods are answered; one that meets a new connection may be lost. */
  void assertAnswers() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    MethodResult result;
    do {
      result = hub.invoke(LVA, "GraphTopologyList", VERSION, CALL);
    } while (result.status() != 200 && System.nanoTime() < end);
    assertThat(result.status()).isEqualTo(200);
  }

  /** Activates the instance whose events the test makes up. */
  void activate() throws InterruptedException {
    awaitReported("\"Running\"");
    call("GraphTopologySet", EventNodes.TOPOLOGY, 201);
    call("GraphInstanceSet", EventNodes.INSTANCE, 201);
    call("GraphInstanceActivate", EventNodes.NAMED, 200);
  }

  private void call(String name, String payload, int status) throws InterruptedException {
    MethodResult result = invoke(name, payload);
    assertThat(result.status()).as(result.payload()).isEqualTo(status);
  }

  void publish(GraphEvent event) {
    nodes.publish(event);
  }

  void listen(String input, Consumer<MediaEvent.Message> listener) {
    nodes.listen(input, listener);
  }

  /** Publishes operational events with the next numbers. */
  void publishNext(int count) {
    for (int i = 0; i < count; i++) {
      String number = "asset-" + ++published;
      nodes.publish(
          new GraphEvent.RecordingAvailable(
              new RecordingOutput(RecordingOutput.Type.ASSET_NAME, number), Instant.EPOCH));
    }
  }

  /** Asserts that every event that was published arrives, in order, however often. */
  void assertAllArrive() throws InterruptedException {
    await(() -> arrived().size() >= published);
    assertThat(arrived().keySet())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, published).mapToObj(number -> "asset-" + number).toList());
    assertThat(arrived().values()).as("ids").doesNotHaveDuplicates();
  }

  /** Returns id by asset, repetitions left out, in the order of arrival. */
  private Map<String, String> arrived() {
    Map<String, String> arrived = new LinkedHashMap<>();
    List<HubEvent> events = hub.events();
    for (HubEvent event : events) {
      if (event.output().equals(OUTPUT)) {
        String asset = event.body().replaceFirst(".*\"(asset-\\d+)\".*", "$1");
        String id = arrived.putIfAbsent(asset, event.id());
        assertThat(id == null || id.equals(event.id())).as("a repetition has its id").isTrue();
      }
    }
    return arrived;
  }

  @Override
  public void close() {
    module.close();
    hub.close();
  }
}
