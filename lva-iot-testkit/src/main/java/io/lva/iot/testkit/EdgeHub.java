package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/**
 * An IoT Edge hub for tests: modules connect to it by MQTT over TLS at port 8883 of a loopback
 * address of its own, and a test acts as the cloud: it calls methods, changes twins and reads
 * events.
 *
 * <p>Thread-safe.
 */
public abstract sealed class EdgeHub implements AutoCloseable
    permits EdgeHubEmulator, MosquittoHub {
  /** The IoT hub that the edge hub belongs to. */
  public static final String HUB_HOST = "myhub.azure-devices.net";

  static final int PORT = 8883;
  static final String CALLS = "$iothub/methods/POST/";
  static final String ANSWERS = "$iothub/methods/res/";
  static final String TWINS = "$iothub/twin/";

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

  private final TestCertificates certificates;
  private final Map<HubIdentity, ModuleTwin> twins = new LinkedHashMap<>();
  private final HubChanges changes = new HubChanges();

  @GuardedBy("events")
  private final List<HubEvent> events = new ArrayList<>();

  private final Map<String, CompletableFuture<MethodResult>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger nextCall = new AtomicInteger(0x9cc9d4);
  private final AtomicInteger reports = new AtomicInteger();

  EdgeHub(Path folder, List<HubIdentity> modules) throws IOException {
    certificates = TestCertificates.create(folder);
    modules.forEach(module -> twins.put(module, new ModuleTwin()));
  }

  /**
   * Returns the address that modules connect to.
   *
   * @return a loopback address that the certificate names
   */
  public abstract String address();

  /**
   * Waits until a module is connected and accepts direct methods.
   *
   * @param module the module
   * @param patience how long to wait
   * @return whether it did in time
   * @throws InterruptedException when interrupted
   */
  public abstract boolean awaitModule(HubIdentity module, Duration patience)
      throws InterruptedException;

  /** Sends a message to a module that is connected; it is lost when the module is not connected. */
  abstract void send(HubIdentity module, String topic, String payload);

  /** Stops the hub. */
  @Override
  public abstract void close();

  /**
   * Returns the certificate of the authority that modules must trust.
   *
   * @return a PEM file
   */
  public final Path authority() {
    return certificates.authority();
  }

  /**
   * Writes what another server at this address needs for TLS.
   *
   * @param folder where to write
   * @return two PEM files: its certificate, then its key
   * @throws IOException when they cannot be written
   */
  public final List<Path> writeServerCertificate(Path folder) throws IOException {
    return certificates.writeServer(folder);
  }

  final TestCertificates certificates() {
    return certificates;
  }

  /**
   * Returns the environment variables with which a module in development uses this hub.
   *
   * @param module the identity of the module
   * @return a connection string and the trusted authority
   */
  public final Map<String, String> developmentEnvironment(HubIdentity module) {
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
   * @return the answer, with status 404 when the module was not connected, or 504 when it did not
   *     answer
   * @throws InterruptedException when interrupted
   */
  public final MethodResult invoke(
      HubIdentity module, String name, String payload, Duration patience)
      throws InterruptedException {
    if (!awaitModule(module, patience)) {
      return MethodResult.NOT_CONNECTED;
    }
    String call = Integer.toHexString(nextCall.incrementAndGet());
    CompletableFuture<MethodResult> answer = new CompletableFuture<>();
    calls.put(call, answer);
    try {
      send(module, CALLS + URLEncoder.encode(name, UTF_8) + "/?$rid=" + call, payload);
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
   * Changes desired properties; the module is notified if it is connected.
   *
   * @param module the module whose twin it is
   * @param json an object; {@code null} removes a property
   */
  public final void patchDesired(HubIdentity module, String json) {
    ModuleTwin twin = twin(module);
    String patch = twin.patchDesired(json);
    send(module, TWINS + "PATCH/properties/desired/?$version=" + twin.desiredVersion(), patch);
  }

  /**
   * Returns what a module has reported.
   *
   * @param module the module whose twin it is
   * @return its reported properties, as JSON
   */
  public final String reported(HubIdentity module) {
    return twin(module).reported().toString();
  }

  /**
   * Returns how often modules have reported.
   *
   * @return the count since the start
   */
  public final int reports() {
    return reports.get();
  }

  /**
   * Returns the events received so far, repetitions included.
   *
   * @return a copy, in the order of arrival
   */
  public final List<HubEvent> events() {
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
   * @throws AssertionError when no such event came in time
   */
  public final HubEvent awaitEvent(Predicate<HubEvent> wanted, Duration patience)
      throws InterruptedException {
    if (!await(() -> events().stream().anyMatch(wanted), patience)) {
      throw new AssertionError(
          "no such event among " + events().stream().map(HubEvent::eventType).toList());
    }
    return events().stream().filter(wanted).findFirst().orElseThrow();
  }

  /**
   * Waits until a condition holds. The condition is checked again whenever a module reports or
   * sends an event, and in the emulator also whenever a module connects, disconnects, subscribes or
   * asks for its twin in vain.
   *
   * @param condition what to wait for
   * @param patience how long to wait
   * @return whether it holds
   * @throws InterruptedException when interrupted
   */
  public final boolean await(Condition condition, Duration patience) throws InterruptedException {
    return changes.await(condition, patience);
  }

  /** Wakes threads that wait for a condition. */
  final void changed() {
    changes.happened();
  }

  /** Returns the module with these names, if the hub knows it. */
  final Optional<HubIdentity> module(String device, String module) {
    return twins.keySet().stream()
        .filter(each -> each.device().equals(device) && each.module().equals(module))
        .findFirst();
  }

  final ModuleTwin twin(HubIdentity module) {
    ModuleTwin twin = twins.get(module);
    if (twin == null) {
      throw new IllegalArgumentException("an unknown module: " + module.clientId());
    }
    return twin;
  }

  /** Handles what a module has published. */
  final void received(HubIdentity module, String topic, String payload) {
    String bag = module.topics() + "messages/events/";
    if (topic.startsWith(bag)) {
      synchronized (events) {
        events.add(HubEvent.of(topic.substring(bag.length()), payload));
      }
      changed();
    } else if (topic.startsWith(TWINS + "GET/")) {
      String twin = twin(module).properties().toString();
      send(module, TWINS + "res/200/?$rid=" + request(topic), twin);
    } else if (topic.startsWith(TWINS)) {
      int version = twin(module).patchReported(payload);
      send(module, TWINS + "res/204/?$rid=" + request(topic) + "&$version=" + version, "");
      reports.incrementAndGet();
      changed();
    } else if (topic.startsWith(ANSWERS)) {
      answered(topic, payload);
    }
  }

  /** Handles an answer to a method; one that nobody waits for is dropped, as in IoT Edge. */
  private void answered(String topic, String payload) {
    CompletableFuture<MethodResult> waiting = calls.get(request(topic));
    if (waiting != null) {
      int status = Integer.parseInt(topic.substring(ANSWERS.length()).split("/", -1)[0]);
      waiting.complete(new MethodResult(status, payload));
    }
  }

  private static String request(String topic) {
    return topic.substring(topic.indexOf("?$rid=") + "?$rid=".length());
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

  static ServerSocket bind(InetAddress address) throws IOException {
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
}
