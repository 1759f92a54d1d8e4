package io.lva.runtime;

import io.lva.media.MediaEvent;
import io.lva.spi.Inlet;
import io.lva.spi.MediaLoop;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import io.lva.spi.NodeStartException;
import io.lva.spi.SharedResources;
import io.lva.spi.Triggered;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one activation: made from the sinks upwards, stopped from the sources downwards.
 *
 * <p>Confined to the thread that activates, then to its media loop.
 */
final class ActiveGraph {
  private static final System.Logger LOGGER = System.getLogger(ActiveGraph.class.getName());
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(3650);

  private static final Duration FAILED_START_DEADLINE = Duration.ofSeconds(5);

  private record Made(PlannedNode node, NodeRuntime runtime) {
    String name() {
      return node.name();
    }
  }

  /** What the runtime does for the nodes of one activation. */
  interface Host {
    /** Makes the context of a node whose output is connected to the nodes that follow it. */
    NodeContext context(PlannedNode node, SharedResources session, WiredNode output);

    /** Tells the operator that a node was detached because it threw; on the media loop. */
    void nodeFailed(PlannedNode node, Throwable failure);
  }

  private final String instance;
  private final MediaLoop loop;
  private final SharedRegistry session = new SharedRegistry();
  private final Deque<Made> sourcesFirst = new ArrayDeque<>();

  private ActiveGraph(String instance, MediaLoop loop) {
    this.instance = instance;
    this.loop = loop;
  }

  /**
   * Makes, wires and starts all nodes; when one cannot begin, stops the others again.
   *
   * @param upstreamFirst every node after the nodes it takes from
   */
  static ActiveGraph start(
      String instance,
      List<PlannedNode> upstreamFirst,
      NodeProviders providers,
      MediaLoop loop,
      Host host) {
    // Before anything is made, so that a missing artifact leaves no trace on the disk.
    upstreamFirst.forEach(providers::of);
    ActiveGraph graph = new ActiveGraph(instance, loop);
    try {
      Wiring wiring = new Wiring(upstreamFirst, host::nodeFailed);
      for (int i = upstreamFirst.size() - 1; i >= 0; i--) {
        PlannedNode node = upstreamFirst.get(i);
        graph.make(node, providers.of(node), host, wiring);
      }
      graph.startNodes();
      return graph;
    } catch (RuntimeException | Error e) {
      graph.undo(e);
      throw e;
    }
  }

  /** Leaves nothing running; what fails meanwhile goes with the failure that is the reason. */
  private void undo(Throwable reason) {
    try {
      stop(FAILED_START_DEADLINE).toCompletableFuture().join();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private void make(PlannedNode node, NodeProvider provider, Host host, Wiring wiring) {
    attempt(
        node,
        () -> {
          NodeContext context = host.context(node, session, wiring.output(node.name()));
          NodeRuntime runtime = provider.create(node.spec(), context);
          if (runtime == null) {
            throw new NodeStartException("its provider returned no node");
          }
          sourcesFirst.addFirst(new Made(node, runtime));
          List<Inlet> inputs = onLoop(runtime::inputs);
          wiring.connect(node, inputs);
          return inputs;
        });
  }

  /** Hands an event to all nodes that take events from outside. Called on any thread. */
  void trigger(MediaEvent event) {
    loop.execute(
        () -> {
          for (Made node : sourcesFirst) {
            if (node.runtime() instanceof Triggered triggered) {
              triggered.trigger(event);
            }
          }
        });
  }

  private void startNodes() {
    var sinksFirst = sourcesFirst.descendingIterator();
    while (sinksFirst.hasNext()) {
      Made node = sinksFirst.next();
      attempt(
          node.node(),
          () ->
              onLoop(
                  () -> {
                    node.runtime().start();
                    return node;
                  }));
    }
  }

  private <T> T attempt(PlannedNode node, Supplier<T> step) {
    try {
      return step.get();
    } catch (NodeStartException | IllegalArgumentException e) {
      throw cannotStart(node, "", String.valueOf(e.getMessage()), e);
    } catch (LinkageError e) {
      String type = " of type " + node.spec().type();
      throw cannotStart(node, type, "its implementation " + NodeProviders.missing(e), e);
    } catch (ActivationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw cannotStart(node, " of type " + node.spec().type(), "it threw " + e, e);
    }
  }

  private ActivationException cannotStart(
      PlannedNode node, String type, String reason, Throwable cause) {
    return new ActivationException(
        "Node '"
            + node.name()
            + "'"
            + type
            + " of graph instance '"
            + instance
            + "' cannot start: "
            + reason,
        node.name(),
        cause);
  }

  private <T> T onLoop(Supplier<T> task) {
    try {
      return CompletableFuture.supplyAsync(task, loop).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Stops the nodes one after the other; completes with the deadline, whatever is left. */
  CompletionStage<Void> stop(Duration deadline) {
    long endNanos = loop.clock().nanoTime() + bounded(deadline).toNanos();
    CompletionStage<Void> stopped = CompletableFuture.completedFuture(null);
    for (Made node : sourcesFirst) {
      stopped = stopped.thenComposeAsync(done -> stop(node, endNanos), loop);
    }
    return stopped.thenRunAsync(session::close, loop);
  }

  /** Returns a deadline that fits into nanoseconds. */
  static Duration bounded(Duration deadline) {
    return deadline.compareTo(LONGEST_DEADLINE) > 0 ? LONGEST_DEADLINE : deadline;
  }

  /** Never fails, so that the next node is stopped too. */
  private CompletionStage<Void> stop(Made node, long endNanos) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    long leftNanos = Math.max(0, endNanos - loop.clock().nanoTime());
    MediaLoop.Timer timer = loop.schedule(Duration.ofNanos(leftNanos), () -> late(node, done));
    try {
      CompletionStage<Void> stage = node.runtime().stop(Duration.ofNanos(leftNanos));
      stage.whenComplete((nothing, failure) -> stopped(node, timer, done, failure));
    } catch (RuntimeException | Error e) {
      stopped(node, timer, done, e);
    }
    return done;
  }

  private void stopped(
      Made node, MediaLoop.Timer timer, CompletableFuture<Void> done, @Nullable Throwable failure) {
    timer.cancel();
    if (failure != null) {
      warn(node, failure);
    }
    done.complete(null);
  }

  private void late(Made node, CompletableFuture<Void> done) {
    if (done.complete(null)) {
      LOGGER.log(
          System.Logger.Level.INFO,
          "Node ''{0}'' of graph instance ''{1}'' goes on writing in the background",
          node.name(),
          instance);
    }
  }

  private void warn(Made node, Throwable failure) {
    LOGGER.log(
        System.Logger.Level.WARNING,
        "Node '" + node.name() + "' of graph instance '" + instance + "' did not stop cleanly",
        failure);
  }
}
