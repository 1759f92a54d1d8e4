package io.lva.examples.cli;

import io.lva.runtime.GraphInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The active instances of a command. Closing this object stops all of them in parallel.
 *
 * <p>Confined to one thread.
 */
final class Recordings implements AutoCloseable {
  private final Duration deadline;
  private final List<GraphInstance> active = new ArrayList<>();

  /**
   * Creates an empty list.
   *
   * @param deadline how long an instance may take to write out what it holds
   */
  Recordings(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * Activates an instance.
   *
   * @throws io.lva.runtime.ActivationException when it cannot start
   */
  void start(GraphInstance instance) {
    active.add(instance);
    try {
      instance.activate();
    } catch (RuntimeException e) {
      active.remove(instance);
      throw e;
    }
  }

  /** Stops one instance and waits for it; the other instances go on. */
  void stop(String name) {
    List<GraphInstance> named =
        active.stream().filter(instance -> instance.name().equals(name)).toList();
    stop(named);
    active.removeAll(named);
  }

  boolean isEmpty() {
    return active.isEmpty();
  }

  /** Returns whether the name of an active instance passes a test. */
  boolean anyMatch(Predicate<String> test) {
    return active.stream().map(GraphInstance::name).anyMatch(test);
  }

  @Override
  public void close() {
    stop(active);
    active.clear();
  }

  private void stop(List<GraphInstance> instances) {
    CompletableFuture.allOf(
            instances.stream()
                .map(instance -> instance.deactivateAsync(deadline).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }
}
