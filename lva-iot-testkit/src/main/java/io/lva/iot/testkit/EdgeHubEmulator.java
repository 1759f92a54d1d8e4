package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An IoT Edge hub for tests: modules connect to it by MQTT over TLS at port 8883 of a loopback
 * address of its own, with signatures that are verified.
 *
 * <p>Thread-safe.
 */
public final class EdgeHubEmulator implements AutoCloseable {
  /** Host name of the IoT hub behind the emulated edge hub. */
  public static final String HUB_HOST = "myhub.azure-devices.net";

  /** Bytes of the largest packet that the hub takes; it closes the connection on a larger one. */
  static final int MAXIMUM_PACKET = 262_144;

  /** What a test waits for. */
  @FunctionalInterface
  public interface Condition {
    /**
     * Returns whether the condition holds.
     *
     * @return true to end the waiting
     * @throws InterruptedException when interrupted
     */
    boolean holds() throws InterruptedException;
  }

  private static final int PORT = 8883;
  private static final String METHODS = "$iothub/methods/POST/#";
  private static final String DESIRED = "$iothub/twin/PATCH/properties/desired/#";

  private final TestCertificates certificates;
  private final SSLContext trusted;
  private final SSLContext stranger;
  private final Map<String, HubSession> sessions = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<MethodResult>> calls = new ConcurrentHashMap<>();

  @GuardedBy("events")
  private final List<HubEvent> events = new ArrayList<>();

  private final HubChanges changes = new HubChanges();
  private final HubFaults faults = new HubFaults();
  private final AtomicInteger nextCall = new AtomicInteger(0x9cc9d4);
  private final AtomicInteger arrivals = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final InetAddress address;

  @GuardedBy("this")
  private @Nullable ServerSocket listening;

  @GuardedBy("this")
  private @Nullable Thread accepting;

  private EdgeHubEmulator(Path folder, List<HubIdentity> modules) throws IOException {
    certificates = TestCertificates.create(folder);
    trusted = certificates.server();
    stranger = certificates.stranger();
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

  /**
   * Returns where modules connect to.
   *
   * @return a loopback address that the certificate names
   */
  public String address() {
    return address.getHostAddress();
  }

  /**
   * Returns the certificate of the authority that modules must trust.
   *
   * @return a PEM file
   */
  public Path authority() {
    return certificates.authority();
  }

  /**
   * Writes what another server at this address needs for TLS.
   *
   * @param folder where to write
   * @return two PEM files: its certificate, then its key
   * @throws IOException when they cannot be written
   */
  public List<Path> writeServerCertificate(Path folder) throws IOException {
    return certificates.writeServer(folder);
  }

  SSLContext serverContext() {
    return trusted;
  }

  /**
   * Returns the switches of its faults.
   *
   * @return the switches, all off at first
   */
  public HubFaults faults() {
    return faults;
  }

  /**
   * Returns the environment variables with which a module runs beside this hub in development.
   *
   * @param module the identity of the module
   * @return a connection string and the trusted authority
   */
  public Map<String, String> developmentEnvironment(HubIdentity module) {
    return Map.of(
        "EdgeHubConnectionString",
        module.connectionString(address()),
        "EdgeModuleCACertificateFile",
        authority().toString());
  }

  /**
   * Calls a direct method and waits for the answer.
   *
   * @param module the module that is called
   * @param name of the method
   * @param payload JSON; sent as it is, even when malformed
   * @param patience how long to wait for the module, and then for its answer
   * @return the answer, with status 404 when the module was not there, 504 when it did not answer
   * @throws IllegalArgumentException when this hub does not know the module
   * @throws InterruptedException when interrupted
   */
  public MethodResult invoke(HubIdentity module, String name, String payload, Duration patience)
      throws InterruptedException {
    HubSession session = session(module);
    if (!session.await(METHODS, patience.toMillis())) {
      return MethodResult.NOT_CONNECTED;
    }
    String call = Integer.toHexString(nextCall.incrementAndGet());
    CompletableFuture<MethodResult> answer = new CompletableFuture<>();
    calls.put(call, answer);
    try {
      String topic = "$iothub/methods/POST/" + URLEncoder.encode(name, UTF_8) + "/?$rid=" + call;
      session.send(METHODS, topic, 0, payload);
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
   * @param module the module whose twin it is
   * @param json an object; {@code null} removes a property
   * @throws IllegalArgumentException when this hub does not know the module, or the text is not a
   *     JSON object
   */
  public void patchDesired(HubIdentity module, String json) {
    HubSession session = session(module);
    String patch = session.twin().patchDesired(json);
    String topic =
        "$iothub/twin/PATCH/properties/desired/?$version=" + session.twin().desiredVersion();
    session.send(DESIRED, topic, 0, patch);
  }

  /**
   * Changes desired properties without telling the module, as when a patch is lost.
   *
   * @param module the module whose twin it is
   * @param json an object; {@code null} removes a property
   * @throws IllegalArgumentException when this hub does not know the module, or the text is not a
   *     JSON object
   */
  public void patchDesiredSilently(HubIdentity module, String json) {
    session(module).twin().patchDesired(json);
  }

  /**
   * Returns what a module has reported.
   *
   * @param module the module whose twin it is
   * @return its reported properties, as JSON
   * @throws IllegalArgumentException when this hub does not know the module
   */
  public String reported(HubIdentity module) {
    return session(module).twin().reported().toString();
  }

  /**
   * Returns both sides of a twin.
   *
   * @param module the module whose twin it is
   * @return desired and reported properties with their versions, as JSON
   */
  String twin(HubIdentity module) {
    return session(module).twin().properties().toString();
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
    return session(module).send(module.topics() + "inputs/#", topic.toString(), 1, body);
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
   * Waits for an event.
   *
   * @param wanted what to wait for
   * @param patience how long to wait
   * @return the first such event, which may have come before the call
   * @throws InterruptedException when interrupted
   * @throws AssertionError when none came in time
   */
  public HubEvent awaitEvent(Predicate<HubEvent> wanted, Duration patience)
      throws InterruptedException {
    if (!await(() -> events().stream().anyMatch(wanted), patience)) {
      throw new AssertionError(
          "no such event among " + events().stream().map(HubEvent::eventType).toList());
    }
    return events().stream().filter(wanted).findFirst().orElseThrow();
  }

  /**
   * Waits until a condition holds. It is tried again whenever a module comes or goes, subscribes,
   * reports, asks for its twin in vain or sends an event.
   *
   * @param condition what to wait for
   * @param patience how long to wait
   * @return whether it holds
   * @throws InterruptedException when interrupted
   */
  public boolean await(Condition condition, Duration patience) throws InterruptedException {
    return changes.await(condition, patience);
  }

  /**
   * Waits until a module is connected and takes direct methods.
   *
   * @param module the module
   * @param patience how long to wait
   * @return whether it does
   * @throws IllegalArgumentException when this hub does not know the module
   * @throws InterruptedException when interrupted
   */
  public boolean awaitModule(HubIdentity module, Duration patience) throws InterruptedException {
    return session(module).await(METHODS, patience.toMillis());
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

  /** Breaks the connections of all modules, which may come back at once. */
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

  void received(HubEvent event) {
    synchronized (events) {
      events.add(event);
    }
    changed();
  }

  /** Takes an answer to a method; one that nobody waits for is dropped, as IoT Edge does. */
  void answered(String topic, String payload) {
    String[] parts = topic.split("/", -1);
    String call = topic.substring(topic.indexOf("?$rid=") + 6);
    CompletableFuture<MethodResult> waiting = calls.get(call);
    if (waiting != null) {
      waiting.complete(new MethodResult(Integer.parseInt(parts[3]), payload));
    }
  }

  /** Wakes those who wait for a condition. */
  void changed() {
    changes.happened();
  }

  void countConnection() {
    connections.incrementAndGet();
    changed();
  }

  void countRefusal() {
    refusals.incrementAndGet();
    changed();
  }

  /** Listens on a loopback address whose port 8883 is free. */
  static ServerSocket listen() throws IOException {
    IOException last = new IOException("no loopback address");
    // Each process begins elsewhere, so that none takes the address of one that restarts its hub.
    long first = ProcessHandle.current().pid();
    for (int i = 0; i < TestCertificates.ADDRESSES; i++) {
      try {
        long host = 1 + (first + i) % TestCertificates.ADDRESSES;
        return bind(InetAddress.getByName("127.0.0." + host));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static ServerSocket bind(InetAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, PORT));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
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
