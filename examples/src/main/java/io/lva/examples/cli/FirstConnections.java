package io.lva.examples.cli;

import static java.util.stream.Collectors.joining;

import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Watches how cameras start. Each is judged on its own: a camera that cannot be recorded does not
 * stop the others, and the command fails only when no camera can be recorded.
 *
 * <p>Thread-safe.
 */
final class FirstConnections implements EventListener {
  private static final Duration POLL = Duration.ofMillis(20);

  /** Codes of the storage faults that do not stop a recording with a local media cache. */
  private static final Set<String> AWAY = Set.of("ioError", "uploadBacklog");

  private final Map<String, Start> cameras = new LinkedHashMap<>();
  private final boolean cached;

  /** How far one camera has got. */
  private static final class Start {
    private boolean connected;
    private boolean recorded;
    private boolean refused;
    private String problem = "";

    boolean isSettled() {
      return recorded || refused;
    }

    boolean hasStarted() {
      return recorded || (connected && !refused);
    }
  }

  /**
   * Creates a watcher of cameras.
   *
   * @param instances the names of their graph instances
   * @param cached whether media goes to a local media cache while the store is unreachable
   */
  FirstConnections(Collection<String> instances, boolean cached) {
    this.cached = cached;
    instances.forEach(instance -> cameras.put(instance, new Start()));
  }

  @Override
  public synchronized void event(EventRecord record) {
    Start camera = cameras.get(record.instance());
    if (camera == null) {
      return;
    }
    GraphEvent event = record.event();
    if (event instanceof GraphEvent.MediaSessionEstablished) {
      camera.connected = true;
      camera.refused = false;
      camera.problem = "";
    } else if (event instanceof GraphEvent.RecordingAvailable) {
      camera.recorded = true;
    } else {
      EventText.fault(event)
          .ifPresent(
              reason -> {
                camera.problem = reason;
                camera.refused = !mayPass(event);
              });
    }
  }

  /**
   * Returns whether a fault may go away by itself: a fault of the network may, and so may the fault
   * of an unreachable store while media goes to a cache; other faults rarely do.
   */
  private boolean mayPass(GraphEvent fault) {
    return fault instanceof GraphEvent.NetworkError
        || (cached
            && fault instanceof GraphEvent.StorageError error
            && AWAY.contains(error.errorCode()));
  }

  /** Notes that an instance could not be activated. */
  synchronized void refused(String instance, String reason) {
    Start camera = cameras.computeIfAbsent(instance, name -> new Start());
    camera.refused = true;
    camera.problem = reason;
  }

  /** Returns whether a camera has been recorded, or is connected and about to be. */
  synchronized boolean hasStarted(String instance) {
    Start camera = cameras.get(instance);
    return camera != null && camera.hasStarted();
  }

  /** Returns whether every camera has started. */
  synchronized boolean haveAllStarted() {
    return cameras.values().stream().allMatch(Start::hasStarted);
  }

  /**
   * Waits until each camera is recorded or has failed to start, a signal comes, or the time limit
   * is reached.
   *
   * @throws CommandFailure when no camera has started by then; the message names the reason for
   *     each
   */
  void await(Duration limit, StopSignal signal) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    do {
      synchronized (this) {
        boolean settled = cameras.values().stream().allMatch(Start::isSettled);
        if (settled || System.nanoTime() > end) {
          checkAnyStarted(limit);
          return;
        }
      }
    } while (!signal.await(POLL));
  }

  private void checkAnyStarted(Duration limit) {
    if (cameras.values().stream().anyMatch(Start::hasStarted)) {
      return;
    }
    String silence = "no answer within " + limit.toSeconds() + " s; give --wait to go on trying";
    if (cameras.size() == 1) {
      String problem = cameras.values().iterator().next().problem;
      throw new CommandFailure(problem.isEmpty() ? "the camera gave " + silence : problem);
    }
    throw new CommandFailure(
        "none of the "
            + cameras.size()
            + " cameras can be recorded\n"
            + cameras.entrySet().stream()
                .map(each -> each.getKey() + ": " + problem(each.getValue(), silence))
                .collect(joining("\n")));
  }

  private static String problem(Start camera, String silence) {
    return camera.problem.isEmpty() ? silence : camera.problem;
  }
}
