package io.lva.iot.edge;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One client of an IoT hub: opened once, used until it is disconnected for good or closed.
 *
 * <p>Thread-safe. Stages complete on threads of the client or of a timer, and exceptionally when
 * the hub is not connected, refuses or does not answer. The caller must limit the wait.
 */
interface HubClient extends AutoCloseable {
  /** Receives what comes from the hub; called on threads of the client, which it must not block. */
  interface Listener {
    /** The connection is up: for the first time, or again. */
    void connected();

    /** The connection was lost; the client is trying to restore it. */
    void retrying(String reason);

    /** The connection was lost; the client does nothing more. */
    void disconnected(String reason);

    /**
     * A direct method is called; {@code request} must be passed back to {@link HubClient#answer}.
     */
    void method(String request, String name, String payload);

    /** Desired properties changed; the patch has a {@code $version}. */
    void desired(String patch);

    /** A message arrived at an input of the module. */
    void input(String input, String id, Map<String, String> properties, String body);
  }

  /** Creates clients that are not open yet. */
  @FunctionalInterface
  interface Factory {
    /**
     * Creates a client.
     *
     * @throws IOException when the environment or the workload API does not allow it
     */
    HubClient create(Listener listener) throws IOException;
  }

  /**
   * Connects, and waits until the connection is up.
   *
   * @throws IOException when the hub cannot be reached or refuses the connection
   */
  void open() throws IOException;

  /** Subscribes to changes of desired properties. */
  CompletableFuture<Void> watchTwin();

  /** Subscribes to direct methods. */
  CompletableFuture<Void> acceptMethods();

  /** Reads the twin: an object with {@code desired} and {@code reported}. */
  CompletableFuture<String> twin();

  /** Changes reported properties. */
  CompletableFuture<Void> report(String patch);

  /** Sends a message; completes when the hub has it. */
  CompletableFuture<Void> send(OutgoingMessage message);

  /** Answers a direct method. */
  void answer(String request, int status, String payload);

  /** Disconnects and waits until that is done. Never throws. */
  @Override
  void close();
}
