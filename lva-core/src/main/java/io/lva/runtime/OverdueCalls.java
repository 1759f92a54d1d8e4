package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls into the nodes of one instance that have not returned in time. Each of them holds a
 * thread; therefore an instance with too many is not activated again.
 *
 * <p>Thread-safe.
 */
final class OverdueCalls {
  static final int MAXIMUM = 4;

  private final String instance;

  @GuardedBy("this")
  private final Set<Call> overdue = new LinkedHashSet<>();

  OverdueCalls(String instance) {
    this.instance = instance;
  }

  /** Refuses an activation while too many calls of earlier activations have not returned. */
  synchronized void check() {
    if (overdue.size() >= MAXIMUM) {
      String calls =
          overdue.stream()
              .map(call -> call.method + " of node '" + call.node.name() + "'")
              .collect(Collectors.joining(", "));
      throw new ActivationException(
          "Graph instance '"
              + instance
              + "' cannot be activated: "
              + overdue.size()
              + " calls of earlier activations have not returned ("
              + calls
              + "). End what they wait for, such as a disk or a network, or restart the process.");
    }
  }

  /** Begins a call on the calling thread. */
  Call begin(PlannedNode node, String method) {
    return new Call(node, method);
  }

  /** One call into a node. */
  final class Call {
    private final PlannedNode node;
    private final String method;
    private final Thread thread = Thread.currentThread();
    private boolean returned;

    private Call(PlannedNode node, String method) {
      this.node = node;
      this.method = method;
    }

    PlannedNode node() {
      return node;
    }

    String method() {
      return method;
    }

    /** Counts the call as overdue, unless it has returned. */
    void overdue() {
      synchronized (OverdueCalls.this) {
        if (!returned) {
          overdue.add(this);
        }
      }
    }

    /** Interrupts the call, unless it has returned. */
    void interrupt() {
      synchronized (OverdueCalls.this) {
        if (!returned) {
          thread.interrupt();
        }
      }
    }

    /**
     * Ends the call, on the thread that began it. A late interrupt does not reach the next call.
     */
    void end() {
      synchronized (OverdueCalls.this) {
        returned = true;
        overdue.remove(this);
      }
      Thread.interrupted();
    }
  }
}
