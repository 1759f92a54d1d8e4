package io.lva.examples.cli;

import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Watches whether every camera connects and begins to record; afterwards nothing is a failure of
 * the start any more.
 *
 * <p>Thread-safe.
 */
final class FirstConnections implements EventListener {
  private static final Duration POLL = Duration.ofMillis(20);

  private final int cameras;
  private final Map<String, Boolean> connected = new HashMap<>();
  private final Map<String, String> lastProblem = new HashMap<>();
  private Optional<String> fatal = Optional.empty();
  private boolean recorded;

  FirstConnections(int cameras) {
    this.cameras = cameras;
  }

  @Override
  public synchronized void event(EventRecord record) {
    String instance = record.instance();
    GraphEvent event = record.event();
    if (event instanceof GraphEvent.MediaSessionEstablished) {
      connected.put(instance, true);
      lastProblem.remove(instance);
    } else if (event instanceof GraphEvent.RecordingAvailable) {
      recorded = true;
    } else if (event instanceof GraphEvent.NetworkError problem) {
      lastProblem.put(instance, problem.reason());
    } else {
      reasonOf(event).ifPresent(reason -> refused(instance, reason));
    }
  }

  /**
   * Waits until all cameras are connected, or the signal says to stop.
   *
   * @throws CommandFailure when one refuses us, or does not connect in time
   */
  void await(Duration limit, StopSignal signal) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!signal.await(POLL)) {
      synchronized (this) {
        if (fatal.isPresent()) {
          throw new CommandFailure(fatal.get());
        }
        if (recorded && connected.size() == cameras) {
          return;
        }
        if (System.nanoTime() > end) {
          if (connected.size() == cameras) {
            return;
          }
          throw new CommandFailure(
              lastProblem.values().stream()
                  .findFirst()
                  .orElse(
                      (cameras - connected.size())
                          + " of "
                          + cameras
                          + " cameras did not answer within "
                          + limit.toSeconds()
                          + " s; give --wait to go on trying"));
        }
      }
    }
  }

  private void refused(String instance, String reason) {
    lastProblem.put(instance, reason);
    if (!recorded) {
      fatal = Optional.of(reason);
    }
  }

  private static Optional<String> reasonOf(GraphEvent event) {
    if (event instanceof GraphEvent.AuthenticationError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.AuthorizationError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.ProtocolError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.MediaFormatError problem) {
      return Optional.of(problem.reason());
    } else if (event instanceof GraphEvent.StorageError problem) {
      return Optional.of(problem.reason());
    }
    return Optional.empty();
  }
}
