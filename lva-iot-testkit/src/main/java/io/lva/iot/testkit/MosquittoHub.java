package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A hub whose broker is mosquitto: it carries the topics of IoT Hub between one module, over TLS,
 * and a client in this process that plays the hub. Signatures are not verified, because mosquitto
 * does not do that.
 *
 * <p>Thread-safe.
 */
public final class MosquittoHub implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final String TWIN = "$iothub/twin/";
  private static final String METHODS = "$iothub/methods/";

  private final HubIdentity module;
  private final TestCertificates certificates;
  private final String address;
  private final int port;
  private final Path configuration;
  private final ModuleTwin twin = new ModuleTwin();
  private final HubChanges changes = new HubChanges();

  @GuardedBy("events")
  private final List<HubEvent> events = new ArrayList<>();

  private final AtomicInteger reports = new AtomicInteger();
  private final AtomicInteger nextCall = new AtomicInteger();
  private final Map<String, CompletableFuture<MethodResult>> calls = new ConcurrentHashMap<>();
  private volatile Process broker;
  private volatile MqttAsyncClient client;

  private MosquittoHub(Path folder, HubIdentity module) throws IOException, InterruptedException {
    this.module = module;
    certificates = TestCertificates.create(folder);
    List<Path> server = certificates.writeServer(folder);
    try (ServerSocket free = EdgeHubEmulator.listen()) {
      address = free.getInetAddress().getHostAddress();
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    configuration =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            """
            user root
            allow_anonymous true
            persistence false
            listener 8883 %s
            certfile %s
            keyfile %s
            listener %d 127.0.0.1
            """
                .formatted(address, server.get(0), server.get(1), port));
    broker = broker();
    connect();
  }

  /**
   * Starts mosquitto, which must be installed.
   *
   * @param folder for its configuration and certificates
   * @param module the module that it serves
   * @return a hub that accepts connections
   * @throws IOException when it does not start
   * @throws InterruptedException when interrupted
   */
  public static MosquittoHub start(Path folder, HubIdentity module)
      throws IOException, InterruptedException {
    return new MosquittoHub(folder, module);
  }

  /**
   * Returns the certificate of the authority that the module must trust.
   *
   * @return a PEM file
   */
  public Path authority() {
    return certificates.authority();
  }

  /**
   * Returns the connection string of the module.
   *
   * @return a connection string for development
   */
  public String connectionString() {
    return module.connectionString(address);
  }

  /**
   * Calls a direct method and waits for the answer.
   *
   * @param name of the method
   * @param payload JSON
   * @param patience how long to wait
   * @return the answer, with status 504 when the module did not answer in time
   * @throws IllegalStateException when mosquitto was killed
   * @throws InterruptedException when interrupted
   */
  public MethodResult invoke(String name, String payload, Duration patience)
      throws InterruptedException {
    String call = "m" + nextCall.incrementAndGet();
    CompletableFuture<MethodResult> answer = new CompletableFuture<>();
    calls.put(call, answer);
    try {
      publish(METHODS + "POST/" + URLEncoder.encode(name, UTF_8) + "/?$rid=" + call, payload);
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return MethodResult.TIMED_OUT;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      calls.remove(call);
    }
  }

  /**
   * Changes desired properties; the module is told when it is connected.
   *
   * @param json an object; {@code null} removes a property
   * @throws IllegalArgumentException when the text is not a JSON object
   * @throws IllegalStateException when mosquitto was killed; the twin has changed nevertheless
   */
  public void patchDesired(String json) {
    String patch = twin.patchDesired(json);
    publish(TWIN + "PATCH/properties/desired/?$version=" + twin.desiredVersion(), patch);
  }

  /**
   * Returns what the module has reported.
   *
   * @return its reported properties, as JSON
   */
  public String reported() {
    return twin.reported().toString();
  }

  /**
   * Returns how often the module has reported.
   *
   * @return the count since the start
   */
  public int reports() {
    return reports.get();
  }

  /**
   * Returns the events received so far, repetitions included.
   *
   * @return a copy, in the order of arrival
   */
  public List<HubEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /**
   * Waits until a condition holds. It is tried again whenever the module reports or sends an event.
   *
   * @param condition what to wait for
   * @param patience how long to wait
   * @return whether it holds
   * @throws InterruptedException when interrupted
   */
  public boolean await(EdgeHubEmulator.Condition condition, Duration patience)
      throws InterruptedException {
    return changes.await(condition, patience);
  }

  /** Kills mosquitto; the sessions of its clients are lost. */
  public void kill() {
    disconnect();
    broker.destroyForcibly().onExit().join();
  }

  /**
   * Starts mosquitto again after it was killed.
   *
   * @throws IOException when it does not start
   * @throws InterruptedException when interrupted
   */
  public void restart() throws IOException, InterruptedException {
    broker = broker();
    connect();
  }

  /** Stops the hub. */
  @Override
  public void close() {
    kill();
  }

  private Process broker() throws IOException {
    return new ProcessBuilder("mosquitto", "-c", configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(configuration.resolveSibling("mosquitto.log").toFile())
        .start();
  }

  private void connect() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        MqttAsyncClient fresh =
            new MqttAsyncClient("tcp://127.0.0.1:" + port, "hub", new MemoryPersistence());
        fresh.connect().waitForCompletion(START.toMillis());
        client = fresh; // what arrives is answered through it
        subscribe(fresh, TWIN + "PATCH/properties/reported/#", this::report);
        subscribe(fresh, METHODS + "res/#", this::answered);
        subscribe(fresh, module.topics() + "messages/events/#", this::received);
        subscribe(fresh, TWIN + "GET/#", this::read); // without its twin the module does nothing
        return;
      } catch (MqttException e) {
        if (broker.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          broker.destroyForcibly();
          throw new IOException(Files.readString(configuration.resolveSibling("mosquitto.log")), e);
        }
      }
    }
  }

  private static void subscribe(MqttAsyncClient to, String filter, IMqttMessageListener listener)
      throws MqttException {
    to.subscribe(filter, /* qos= */ 1, listener).waitForCompletion(START.toMillis());
  }

  private void read(String topic, MqttMessage message) {
    publish(TWIN + "res/200/" + request(topic), twin.properties().toString());
  }

  private void report(String topic, MqttMessage message) {
    int version = twin.patchReported(message.toString());
    publish(TWIN + "res/204/" + request(topic) + "&$version=" + version, "");
    reports.incrementAndGet();
    changes.happened();
  }

  private void answered(String topic, MqttMessage message) {
    CompletableFuture<MethodResult> waiting =
        calls.get(request(topic).substring("?$rid=".length()));
    if (waiting != null) {
      int status = Integer.parseInt(topic.split("/", -1)[3]);
      waiting.complete(new MethodResult(status, message.toString()));
    }
  }

  private void received(String topic, MqttMessage message) {
    String bag = topic.substring((module.topics() + "messages/events/").length());
    synchronized (events) {
      events.add(HubEvent.of(bag, message.toString()));
    }
    changes.happened();
  }

  private static String request(String topic) {
    return topic.substring(topic.indexOf("?$rid="));
  }

  private void publish(String topic, String payload) {
    try {
      client.publish(topic, payload.getBytes(UTF_8), /* qos= */ 1, /* retained= */ false);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private void disconnect() {
    try {
      client.disconnectForcibly(0, 0, /* sendDisconnectPacket= */ false);
      client.close();
    } catch (MqttException e) {
      // It has lost its connection already.
    }
  }
}
