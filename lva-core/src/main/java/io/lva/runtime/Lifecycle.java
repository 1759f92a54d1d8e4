package io.lva.runtime;

import static io.lva.runtime.InstanceState.ACTIVATING;
import static io.lva.runtime.InstanceState.ACTIVE;
import static io.lva.runtime.InstanceState.DEACTIVATING;
import static io.lva.runtime.InstanceState.INACTIVE;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The states of an instance. A call that asks for the present state returns at once; a call that
 * asks for the transition in progress joins it; a call that asks for the opposite transition is
 * refused.
 *
 * <p>Thread-safe.
 */
final class Lifecycle {
  private final String instance;
  private final Executor executor;
  private final Consumer<InstanceState> observer;

  @GuardedBy("this")
  private InstanceState state = INACTIVE;

  @GuardedBy("this")
  private CompletableFuture<Void> transition = CompletableFuture.completedFuture(null);

  @GuardedBy("this")
  private @Nullable ActiveGraph graph;

  /**
   * Creates the lifecycle of an inactive instance.
   *
   * @param executor runs the continuations of callers, which may block
   * @param observer called with each state, in order and under the lock; must return at once
   */
  Lifecycle(String instance, Executor executor, Consumer<InstanceState> observer) {
    this.instance = instance;
    this.executor = executor;
    this.observer = observer;
  }

  synchronized InstanceState state() {
    return state;
  }

  /** Runs a change during which the instance stays inactive; throws when it is not inactive. */
  synchronized void whileInactive(String operation, Runnable change) {
    if (state != INACTIVE) {
      throw refusal(operation, EnumSet.of(INACTIVE));
    }
    change.run();
  }

  /**
   * Begins or joins an activation.
   *
   * @param starter begins to make the graph; must return at once
   * @return a stage that completes when the instance is active, or exceptionally when it could not
   *     be activated
   */
  synchronized CompletableFuture<Void> activate(Supplier<CompletableFuture<ActiveGraph>> starter) {
    if (state == DEACTIVATING) {
      return CompletableFuture.failedFuture(cannotActivate());
    }
    if (state == INACTIVE) {
      CompletionStage<ActiveGraph> starting = AsyncFailures.capture(starter);
      CompletableFuture<Void> running = new CompletableFuture<>();
      enter(ACTIVATING);
      transition = running;
      starting.whenCompleteAsync((made, failure) -> activated(running, made, failure), executor);
    }
    return transition;
  }

  /**
   * Begins or joins a deactivation.
   *
   * @param deadline after which the instance becomes inactive even if sinks are still writing
   * @return a stage that completes when the instance is inactive, or exceptionally at once while it
   *     is activating
   */
  synchronized CompletableFuture<Void> deactivate(Duration deadline) {
    if (state == ACTIVATING) {
      return CompletableFuture.failedFuture(cannotDeactivate());
    }
    ActiveGraph running = graph;
    if (state == ACTIVE && running != null) {
      enter(DEACTIVATING);
      CompletableFuture<Void> stopping = new CompletableFuture<>();
      transition = stopping;
      running
          .stop(deadline)
          // Callers' own continuations must not hold the thread that ends the last node.
          .whenCompleteAsync(
              (nothing, failure) -> finish(stopping, INACTIVE, null, null), executor);
    }
    return state == INACTIVE ? CompletableFuture.completedFuture(null) : transition;
  }

  /** Returns a stage that completes, never exceptionally, when no transition is in progress. */
  synchronized CompletableFuture<Void> settled() {
    return transition.handle((nothing, failure) -> null);
  }

  private void activated(
      CompletableFuture<Void> running, @Nullable ActiveGraph made, @Nullable Throwable failure) {
    if (made != null) {
      finish(running, ACTIVE, made, null);
    } else {
      finish(running, INACTIVE, null, AsyncFailures.unwrap(failure));
    }
  }

  private void finish(
      CompletableFuture<Void> running,
      InstanceState next,
      @Nullable ActiveGraph made,
      @Nullable Throwable failure) {
    synchronized (this) {
      graph = made;
      enter(next);
    }
    if (failure == null) {
      running.complete(null);
    } else {
      running.completeExceptionally(failure);
    }
  }

  /** Returns the graph of an active instance; throws when the instance is not active. */
  synchronized ActiveGraph running(String operation) {
    ActiveGraph running = graph;
    if (state != ACTIVE || running == null) {
      throw refusal(operation, EnumSet.of(ACTIVE));
    }
    return running;
  }

  @GuardedBy("this")
  private void enter(InstanceState next) {
    state = next;
    observer.accept(next);
  }

  /** Returns the exception for an attempt to activate an instance that is deactivating. */
  InstanceStateException cannotActivate() {
    EnumSet<InstanceState> allowed = EnumSet.of(INACTIVE, ACTIVATING, ACTIVE);
    return new InstanceStateException(instance, "activate", DEACTIVATING, allowed);
  }

  /** Returns the exception for an attempt to deactivate an instance that is activating. */
  InstanceStateException cannotDeactivate() {
    EnumSet<InstanceState> allowed = EnumSet.of(INACTIVE, ACTIVE, DEACTIVATING);
    return new InstanceStateException(instance, "deactivate", ACTIVATING, allowed);
  }

  @GuardedBy("this")
  private InstanceStateException refusal(String operation, Set<InstanceState> allowed) {
    return new InstanceStateException(instance, operation, state, allowed);
  }
}
