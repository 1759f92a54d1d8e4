package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.spi.Inlet;
import io.lva.spi.MediaLoop;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import io.lva.spi.NodeStartException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make, wire and start the nodes of an instance. It ends at its deadline at the
 * latest: a node that has not returned by then is named and interrupted; should it return later,
 * whatever was made is stopped.
 *
 * <p>Thread-safe.
 */
final class GraphStart {
  private static final System.Logger LOGGER = System.getLogger(GraphStart.class.getName());
  private static final Duration UNDO_DEADLINE = Duration.ofSeconds(5);

  private final String instance;
  private final List<PlannedNode> upstreamFirst;
  private final NodeProviders providers;
  private final LifecycleExecutor threads;
  private final GraphHost host;
  private final OverdueCalls calls;
  private final ActiveGraph graph;
  private final Wiring wiring;
  private final CompletableFuture<ActiveGraph> result = new CompletableFuture<>();

  @GuardedBy("this")
  private OverdueCalls.@Nullable Call running;

  /**
   * Creates an attempt that has not begun.
   *
   * @param upstreamFirst all nodes, each after the nodes it takes its input from
   */
  GraphStart(
      String instance,
      List<PlannedNode> upstreamFirst,
      NodeProviders providers,
      MediaLoop loop,
      LifecycleExecutor threads,
      GraphHost host,
      OverdueCalls calls) {
    this.instance = instance;
    this.upstreamFirst = upstreamFirst;
    this.providers = providers;
    this.threads = threads;
    this.host = host;
    this.calls = calls;
    graph = new ActiveGraph(loop, threads, host, calls);
    wiring = new Wiring(upstreamFirst, loop, host::nodeFailed);
  }

  /**
   * Begins the attempt.
   *
   * @param deadline how long the nodes may take together
   * @return a stage that completes with the running graph, or exceptionally when a node cannot
   *     start or the deadline passes; whatever was made is then stopped
   */
  CompletableFuture<ActiveGraph> begin(Duration deadline) {
    MediaLoop.Timer timer = threads.schedule(deadline, () -> giveUp(deadline));
    threads.execute(
        () -> {
          run();
          timer.cancel();
        });
    return result;
  }

  private void run() {
    try {
      calls.check();
      // Before anything is made, so that a missing artifact leaves no trace on the disk.
      upstreamFirst.forEach(providers::of);
      for (int i = upstreamFirst.size() - 1; i >= 0; i--) {
        make(upstreamFirst.get(i));
      }
      for (ActiveGraph.Made made : graph.sinksFirst()) {
        attempt(
            made.node(),
            "start",
            () -> {
              made.runtime().start();
              return made;
            });
      }
      if (!complete()) {
        undo(new ActivationException("the deadline is over"));
      }
    } catch (RuntimeException | Error e) {
      undo(e);
    }
  }

  private synchronized boolean complete() {
    return result.complete(graph);
  }

  /** Stops everything that was made, and reports the failure after that. */
  private void undo(Throwable reason) {
    if (result.isDone()) {
      LOGGER.log(
          System.Logger.Level.INFO,
          "The late activation of graph instance ''{0}'' is undone",
          instance);
    }
    graph
        .stop(UNDO_DEADLINE)
        .whenComplete((nothing, failure) -> result.completeExceptionally(reason));
  }

  private void make(PlannedNode node) {
    NodeProvider provider = providers.of(node);
    WiredNode output = wiring.output(node.name());
    NodeRuntime runtime =
        attempt(
            node,
            "create",
            () -> {
              NodeContext context = host.context(node, graph.session(), output);
              return returned(provider.create(node.spec(), context), "create", "a node");
            });
    graph.add(new ActiveGraph.Made(node, runtime, output));
    List<Inlet> inlets =
        attempt(
            node,
            "inputs",
            () -> List.copyOf(returned(runtime.inputs(), "inputs", "a list of inlets")));
    wiring.connect(node, inlets);
  }

  // A provider is not checked for null as our own code is.
  private static <T> T returned(@Nullable T value, String method, String what) {
    if (value == null) {
      throw new NodeStartException(
          "its " + method + " returned null instead of " + what + "; mend the node");
    }
    return value;
  }

  private <T> T attempt(PlannedNode node, String method, Supplier<T> step) {
    OverdueCalls.Call call = begin(node, method);
    try {
      return step.get();
    } catch (NodeStartException | IllegalArgumentException e) {
      throw cannotStart(node, "", String.valueOf(e.getMessage()), e);
    } catch (ActivationException e) {
      throw e;
    } catch (LinkageError e) {
      String reason = "its implementation " + NodeProviders.missing(e);
      throw cannotStart(node, " of type " + node.spec().type(), reason, e);
    } catch (Throwable e) { // whatever it is, it belongs to this node
      String reason = "its " + method + " threw " + e + "; mend the node";
      throw cannotStart(node, " of type " + node.spec().type(), reason, e);
    } finally {
      end(call);
    }
  }

  private synchronized OverdueCalls.Call begin(PlannedNode node, String method) {
    if (result.isDone()) {
      throw new ActivationException("the deadline is over");
    }
    OverdueCalls.Call call = calls.begin(node, method);
    running = call;
    return call;
  }

  private synchronized void end(OverdueCalls.Call call) {
    running = null;
    call.end();
  }

  /** Fails the attempt for its caller; the blocked thread goes on until its node returns. */
  private synchronized void giveUp(Duration deadline) {
    OverdueCalls.Call call = running;
    if (call != null) {
      call.overdue(); // before the caller can try again
      call.interrupt();
    }
    result.completeExceptionally(late(call, deadline));
  }

  private ActivationException late(OverdueCalls.@Nullable Call call, Duration deadline) {
    if (call == null) {
      return new ActivationException(
          "Graph instance '"
              + instance
              + "' cannot be activated within "
              + seconds(deadline)
              + " s. The machine is too busy: activate it again later.");
    }
    String reason =
        "its "
            + call.method()
            + " has not returned; the deadline of "
            + seconds(deadline)
            + " s is over. See what it waits for, such as a disk or a network, and activate the"
            + " instance again";
    String type = " of type " + call.node().spec().type();
    return cannotStart(call.node(), type, reason, null);
  }

  static String seconds(Duration duration) {
    return String.valueOf(duration.toMillis() / 1e3).replaceAll("\\.0$", "");
  }

  private ActivationException cannotStart(
      PlannedNode node, String type, String reason, @Nullable Throwable cause) {
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
}
