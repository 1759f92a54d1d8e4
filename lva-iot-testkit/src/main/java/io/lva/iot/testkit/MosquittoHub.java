package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A hub whose broker is mosquitto: it carries the topics of IoT Hub between one module, over TLS,
 * and a client in this process that plays the hub. Signatures are not verified, because mosquitto
 * cannot verify them.
 *
 * <p>Thread-safe.
 */
public final class MosquittoHub extends EdgeHub {
  private static final Duration START = Duration.ofSeconds(30);

  private final HubIdentity module;
  private final String address;
  private final int port;
  private final Path configuration;
  private volatile int earlierReports;
  private volatile Process broker;
  private volatile MqttAsyncClient client;

  private MosquittoHub(Path folder, HubIdentity module) throws IOException, InterruptedException {
    super(folder, List.of(module));
    this.module = module;
    List<Path> server = writeServerCertificate(folder);
    try (ServerSocket free = listen()) {
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
            listener %d %s
            certfile %s
            keyfile %s
            listener %d 127.0.0.1
            """
                .formatted(PORT, address, server.get(0), server.get(1), port));
    broker = broker();
    connect();
  }

  /**
   * Starts mosquitto, which must be installed.
   *
   * @param folder for its configuration and certificates
   * @param module the only module served: topics of direct methods and twins do not name one
   * @return a hub that accepts connections
   * @throws IOException when it does not start
   * @throws InterruptedException when interrupted
   */
  public static MosquittoHub start(Path folder, HubIdentity module)
      throws IOException, InterruptedException {
    return new MosquittoHub(folder, module);
  }

  @Override
  public String address() {
    return address;
  }

  /**
   * Waits until the module has reported properties since the broker started, which it does once it
   * accepts direct methods: mosquitto does not tell which clients are connected.
   */
  @Override
  public boolean awaitModule(HubIdentity wanted, Duration patience) throws InterruptedException {
    return await(() -> reports() > earlierReports, patience);
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
    earlierReports = reports();
    broker = broker();
    connect();
  }

  @Override
  public void close() {
    kill();
  }

  @Override
  void send(HubIdentity to, String topic, String payload) {
    try {
      client.publish(topic, payload.getBytes(UTF_8), /* qos= */ 1, /* retained= */ false);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
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
        subscribe(fresh, TWINS + "PATCH/properties/reported/#");
        subscribe(fresh, ANSWERS + "#");
        subscribe(fresh, module.topics() + "messages/events/#");
        subscribe(fresh, TWINS + "GET/#"); // without its twin the module does nothing
        return;
      } catch (MqttException e) {
        if (broker.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
          broker.destroyForcibly();
          throw new IOException(Files.readString(configuration.resolveSibling("mosquitto.log")), e);
        }
      }
    }
  }

  private void subscribe(MqttAsyncClient to, String filter) throws MqttException {
    to.subscribe(
            filter, /* qos= */ 1, (topic, message) -> received(module, topic, message.toString()))
        .waitForCompletion(START.toMillis());
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
