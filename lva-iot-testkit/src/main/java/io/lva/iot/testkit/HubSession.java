package io.lva.iot.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.iot.testkit.MqttPacket.Publication;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the hub knows of a module: its subscriptions and its connection. Thread-safe. */
final class HubSession {
  private final HubIdentity identity;
  private final Set<String> filters = ConcurrentHashMap.newKeySet();

  @GuardedBy("this")
  private @Nullable HubConnection connection;

  @GuardedBy("this")
  private int nextPacketId;

  HubSession(HubIdentity identity) {
    this.identity = identity;
  }

  HubIdentity identity() {
    return identity;
  }

  /**
   * Sets the connection, replacing an earlier one; returns whether the hub remembers the session.
   */
  synchronized boolean connected(HubConnection newest) {
    if (connection != null) {
      connection.reset();
    }
    connection = newest;
    notifyAll();
    return !filters.isEmpty();
  }

  synchronized void disconnected(HubConnection ended) {
    if (connection == ended) {
      connection = null;
    }
  }

  synchronized void subscribe(String filter) {
    filters.add(filter);
    notifyAll();
  }

  void unsubscribe(String filter) {
    filters.remove(filter);
  }

  /** Forgets the subscriptions. */
  void forget() {
    filters.clear();
  }

  synchronized void reset() {
    if (connection != null) {
      connection.reset();
      connection = null;
    }
  }

  synchronized boolean isConnected() {
    return connection != null;
  }

  /** Waits until the module is connected and has subscribed; returns whether it has. */
  synchronized boolean await(String filter, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (connection == null || !filters.contains(filter)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Sends a message to the module, if it has subscribed; returns whether it was sent. */
  boolean send(String topic, int qos, String payload) {
    HubConnection to;
    int id;
    synchronized (this) {
      to = connection;
      if (to == null || filters.stream().noneMatch(filter -> matches(filter, topic))) {
        return false;
      }
      nextPacketId = nextPacketId % 65_535 + 1;
      id = nextPacketId;
    }
    try {
      to.write(MqttPacket.publish(new Publication(topic, qos, id, payload)));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns whether a topic filter, which here ends in a wildcard, matches a topic. */
  private static boolean matches(String filter, String topic) {
    return topic.startsWith(filter.replace("#", ""));
  }
}
