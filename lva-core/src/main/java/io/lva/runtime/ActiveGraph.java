package io.lva.runtime;

import io.lva.media.MediaEvent;
import io.lva.spi.MediaLoop;
import io.lva.spi.NodeRuntime;
import io.lva.spi.Triggered;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one activation: made from the sinks upwards, stopped from the sources downwards.
 *
 * <p>Confined to the thread that makes the nodes until all of them run, then thread-safe.
 */
final class ActiveGraph {
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(3650);

  /** How long the media loop may take to let go of a node that must be stopped. */
  private static final Duration DETACHING = Duration.ofSeconds(1);

  /** How far a node may exceed its deadline before the operator hears of it. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  /**
   * A node that was made.
   *
   * @param node what the topology says about it
   * @param runtime the node
   * @param wired its connections
   */
  record Made(PlannedNode node, NodeRuntime runtime, WiredNode wired) {}

  private final MediaLoop loop;
  private final LifecycleExecutor threads;
  private final GraphHost host;
  private final OverdueCalls calls;
  private final SharedRegistry session = new SharedRegistry();
  private final Deque<Made> sourcesFirst = new ArrayDeque<>();

  ActiveGraph(MediaLoop loop, LifecycleExecutor threads, GraphHost host, OverdueCalls calls) {
    this.loop = loop;
    this.threads = threads;
    this.host = host;
    this.calls = calls;
  }

  /** Returns what the nodes of this activation share. */
  SharedRegistry session() {
    return session;
  }

  /** Adds a node whose output is connected to nodes that were added before. */
  void add(Made node) {
    sourcesFirst.addFirst(node);
  }

  List<Made> sinksFirst() {
    List<Made> nodes = new ArrayList<>(sourcesFirst);
    Collections.reverse(nodes);
    return nodes;
  }

  /** Hands an event to all nodes that take events from outside. May be called on any thread. */
  void trigger(MediaEvent event) {
    loop.execute(
        () -> {
          for (Made node : sourcesFirst) {
            if (node.runtime() instanceof Triggered triggered) {
              node.wired().guard(() -> triggered.trigger(event));
            }
          }
        });
  }

  /**
   * Stops the nodes one after the other. Completes at the deadline at the latest, even if some are
   * not stopped, and never exceptionally.
   */
  CompletionStage<Void> stop(Duration deadline) {
    long endNanos = threads.nanoTime() + bounded(deadline).toNanos();
    CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);
    for (Made node : sourcesFirst) {
      stopped =
          stopped
              .thenCompose(done -> within(DETACHING, endNanos, onLoop(node.wired()::detachInlets)))
              .thenCompose(done -> stop(node, endNanos));
    }
    return stopped.thenCompose(done -> within(TOLERANCE, endNanos, onLoop(session::close)));
  }

  /** Returns a deadline that fits into nanoseconds. */
  static Duration bounded(Duration deadline) {
    return deadline.compareTo(LONGEST_DEADLINE) > 0 ? LONGEST_DEADLINE : deadline;
  }

  private Duration left(long endNanos) {
    return Duration.ofNanos(Math.max(0, endNanos - threads.nanoTime()));
  }

  /** Stops one node. The stage never fails, so that the next node is stopped too. */
  private CompletionStage<Void> stop(Made node, long endNanos) {
    Duration left = left(endNanos);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    threads.execute(() -> stop(node, left, ended));
    return within(left, endNanos, ended);
  }

  private void stop(Made node, Duration deadline, CompletableFuture<Void> ended) {
    OverdueCalls.Call call = calls.begin(node.node(), "stop");
    MediaLoop.Timer timer =
        threads.schedule(deadline.plus(TOLERANCE), () -> late(node, call, deadline));
    try {
      CompletionStage<Void> stage = node.runtime().stop(deadline);
      if (stage == null) {
        throw new IllegalStateException("its stop returned null instead of a stage");
      }
      stage.whenComplete((nothing, failure) -> stopped(node, timer, ended, failure));
    } catch (Throwable e) { // whatever it is, it belongs to this node
      stopped(node, timer, ended, e);
    } finally {
      call.end();
    }
  }

  private void stopped(
      Made node,
      MediaLoop.Timer timer,
      CompletableFuture<Void> ended,
      @Nullable Throwable failure) {
    timer.cancel();
    ended.complete(null);
    Throwable reason = AsyncFailures.unwrap(failure);
    if (reason != null) {
      host.stopFailed(node.node(), reason);
    }
  }

  private void late(Made node, OverdueCalls.Call call, Duration deadline) {
    call.overdue();
    host.stopOverdue(node.node(), deadline);
  }

  /** Completes when the task has run on the loop, with or without success. */
  private CompletableFuture<Void> onLoop(Runnable task) {
    try {
      return CompletableFuture.runAsync(task, loop);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null); // the loop has ended, and its calls with it
    }
  }

  /**
   * Completes when the stage does, on a lifecycle thread, or when the time or the deadline has
   * passed.
   */
  private CompletableFuture<Void> within(
      Duration time, long endNanos, CompletionStage<Void> stage) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Duration left = left(endNanos);
    Duration wait = time.compareTo(left) < 0 ? time : left;
    MediaLoop.Timer timer =
        threads.schedule(wait, () -> threads.execute(() -> done.complete(null)));
    stage.whenComplete(
        (nothing, failure) -> {
          timer.cancel();
          threads.execute(() -> done.complete(null));
        });
    return done;
  }
}
