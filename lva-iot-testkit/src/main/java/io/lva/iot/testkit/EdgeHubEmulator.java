package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An IoT Edge hub for tests: modules connect to it by MQTT over TLS at port 8883 of a loopback
 * address of its own, and their signatures are verified.
 *
 * <p>Thread-safe.
 */
public final class EdgeHubEmulator extends EdgeHub {
  /**
   * Bytes of the largest packet that the hub accepts; on a larger one, it closes the connection.
   */
  static final int MAXIMUM_PACKET = 262_144;

  private final SSLContext trusted;
  private final SSLContext stranger;
  private final Map<String, HubSession> sessions = new ConcurrentHashMap<>();
  private final HubFaults faults = new HubFaults();
  private final AtomicInteger arrivals = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final InetAddress address;

  @GuardedBy("this")
  private @Nullable ServerSocket listening;

  @GuardedBy("this")
  private @Nullable Thread accepting;

  private EdgeHubEmulator(Path folder, List<HubIdentity> modules) throws IOException {
    super(folder, modules);
    trusted = certificates().server();
    stranger = certificates().stranger();
    modules.forEach(module -> sessions.put(module.clientId(), new HubSession(module)));
    ServerSocket first = listen();
    address = first.getInetAddress();
    serve(first);
  }

  /**
   * Starts a hub on a loopback address whose port 8883 is free.
   *
   * @param folder for its certificates
   * @param modules the modules that it knows
   * @return a hub that accepts connections
   * @throws IOException when it cannot start
   */
  public static EdgeHubEmulator start(Path folder, HubIdentity... modules) throws IOException {
    return new EdgeHubEmulator(folder, List.of(modules));
  }

  @Override
  public String address() {
    return address.getHostAddress();
  }

  /**
   * Returns the switches for the faults of this hub.
   *
   * @return the switches, all off at first
   */
  public HubFaults faults() {
    return faults;
  }

  /**
   * Changes desired properties without telling the module, as if the patch were lost.
   *
   * @param module the module whose twin it is
   * @param json an object; {@code null} removes a property
   * @throws IllegalArgumentException when this hub does not know the module, or the text is not a
   *     JSON object
   */
  public void patchDesiredSilently(HubIdentity module, String json) {
    twin(module).patchDesired(json);
  }

  /**
   * Sends a message to an input of a module.
   *
   * @param module the receiver
   * @param input name of its input
   * @param properties application properties
   * @param body of the message
   * @return whether it was sent: false when the module is not connected or has not subscribed to
   *     its inputs
   * @throws IllegalArgumentException when this hub does not know the module
   */
  public boolean send(
      HubIdentity module, String input, Map<String, String> properties, String body) {
    StringBuilder topic =
        new StringBuilder(module.topics())
            .append("inputs/")
            .append(input)
            .append("/%24.cdid=" + module.device() + "&%24.cmid=other");
    properties.forEach(
        (name, value) -> topic.append('&').append(encode(name)).append('=').append(encode(value)));
    return session(module).send(topic.toString(), /* qos= */ 1, body);
  }

  @Override
  public boolean awaitModule(HubIdentity module, Duration patience) throws InterruptedException {
    return session(module).await(CALLS + "#", patience.toMillis());
  }

  /**
   * Returns whether a module is connected.
   *
   * @param module the module
   * @return whether it is
   * @throws IllegalArgumentException when this hub does not know the module
   */
  public boolean isConnected(HubIdentity module) {
    return session(module).isConnected();
  }

  /**
   * Returns how many connections arrived, whatever became of them.
   *
   * @return the count since the start
   */
  public int arrivals() {
    return arrivals.get();
  }

  /**
   * Returns how often modules were accepted.
   *
   * @return the count since the start
   */
  public int connections() {
    return connections.get();
  }

  /**
   * Returns how many connections ended before a module was accepted, whatever the reason.
   *
   * @return the count since the start
   */
  public int refusals() {
    return refusals.get();
  }

  /** Breaks the connections of all modules, which may reconnect at once. */
  public void kick() {
    sessions.values().forEach(HubSession::reset);
  }

  /**
   * Breaks all connections and refuses new ones.
   *
   * @param forget whether subscriptions are lost
   */
  public synchronized void stop(boolean forget) {
    closeListener();
    kick();
    if (forget) {
      sessions.values().forEach(HubSession::forget);
    }
  }

  /**
   * Accepts connections again, at the same address.
   *
   * @throws IOException when the port is taken
   */
  public synchronized void resume() throws IOException {
    serve(bind(address));
  }

  /** Stops the hub. */
  @Override
  public void close() {
    faults.freeze(false);
    stop(false);
  }

  Optional<HubSession> session(String clientId) {
    return Optional.ofNullable(sessions.get(clientId));
  }

  HubSession session(HubIdentity module) {
    return session(module.clientId())
        .orElseThrow(() -> new IllegalArgumentException("an unknown module: " + module.clientId()));
  }

  @Override
  void send(HubIdentity module, String topic, String payload) {
    boolean unused = session(module).send(topic, /* qos= */ 0, payload);
  }

  void countConnection() {
    connections.incrementAndGet();
    changed();
  }

  void countRefusal() {
    refusals.incrementAndGet();
    changed();
  }

  private synchronized void serve(ServerSocket socket) {
    listening = socket;
    accepting = thread(() -> accept(socket), "emulator-accept");
  }

  private synchronized void closeListener() {
    try {
      if (listening != null) {
        listening.close();
      }
      if (accepting != null) {
        accepting.join(); // the port is free only when nobody waits at it any more
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket raw = socket.accept();
        arrivals.incrementAndGet();
        changed();
        if (faults.acceptThenClose()) {
          raw.close();
          countRefusal();
          continue;
        }
        raw.setTcpNoDelay(true);
        SSLContext context = faults.wrongCertificate() ? stranger : trusted;
        SSLSocket secure =
            (SSLSocket) context.getSocketFactory().createSocket(raw, address(), PORT, true);
        secure.setUseClientMode(false);
        Thread unused = thread(new HubConnection(this, raw, secure), "emulator-connection");
      } catch (IOException e) {
        // Either the listener was closed, or this client has gone already.
      }
    }
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
