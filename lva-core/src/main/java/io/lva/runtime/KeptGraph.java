package io.lva.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.TopologyException;
import io.lva.runtime.EngineException.Reason;
import io.lva.runtime.EngineStore.KeptInstance;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An instance of an engine: what runs, and what the engine keeps about it. Thread-safe; what is
 * kept changes only under the engine's lock.
 */
final class KeptGraph {
  private final GraphInstance instance;
  private volatile KeptInstance kept;

  @GuardedBy("this")
  private Wish wish;

  @GuardedBy("this")
  private String whyNotResumed = "";

  /** Where the kept desired state of an instance comes from. */
  enum Wish {
    /** It was active before the process ended, and nothing has been done with it since. */
    RESUMING,
    /** The activation in progress set it; it is withdrawn when that activation fails. */
    NEW,
    /** It stays as it is, even when the instance fails. */
    SETTLED
  }

  KeptGraph(GraphInstance instance, KeptInstance kept, Wish wish) {
    this.instance = instance;
    this.kept = kept;
    this.wish = wish;
  }

  synchronized Wish wish() {
    return wish;
  }

  /** Ends the resumption, because it succeeded or because the instance was deactivated. */
  synchronized void resumed() {
    if (wish == Wish.RESUMING) {
      wish = Wish.SETTLED;
    }
  }

  /**
   * Notes that an activation was requested, and whether it is the first to want the instance
   * active.
   */
  synchronized void activating() {
    wish = wish == Wish.NEW || !desiredActive() ? Wish.NEW : Wish.SETTLED;
  }

  /**
   * Notes that the instance is active: the desired state stays active even if the instance fails
   * later.
   */
  synchronized void activated() {
    wish = Wish.SETTLED;
  }

  /** Remembers why the instance was not activated again, and returns whether that reason is new. */
  synchronized boolean notResumed(String reason) {
    boolean news = !reason.equals(whyNotResumed);
    whyNotResumed = reason;
    return news;
  }

  GraphInstance instance() {
    return instance;
  }

  KeptInstance kept() {
    return kept;
  }

  void keep(KeptInstance replacement) {
    kept = replacement;
  }

  InstanceDefinition definition() {
    return kept.definition();
  }

  boolean desiredActive() {
    return kept.desiredActive();
  }

  InstanceResource resource() {
    KeptInstance now = kept;
    return new InstanceResource(
        now.definition(), instance.topology(), instance.state(), now.systemData());
  }

  /** Lets inactive instances run another topology from now on. */
  static void run(List<KeptGraph> users, GraphTopology topology) {
    users.forEach(user -> user.instance.update(InstancePlan.of(user.definition(), topology)));
  }

  /** Checks that a topology may take the place of the one these instances refer to. */
  static void checkCanRun(List<KeptGraph> users, GraphTopology topology) {
    List<KeptGraph> busy =
        users.stream().filter(user -> user.instance.state() != InstanceState.INACTIVE).toList();
    if (!busy.isEmpty()) {
      throw inUse(busy, "");
    }
    for (KeptGraph user : users) {
      InstanceDefinition definition = user.definition();
      try {
        InstancePlan.of(definition, topology);
      } catch (TopologyException e) {
        throw inUse(List.of(user), ". Its parameters do not fit: " + e.getMessage());
      }
    }
  }

  static EngineException inUse(List<KeptGraph> users, String reason) {
    String names =
        users.stream()
            .map(user -> "'" + user.definition().name() + "'")
            .collect(Collectors.joining(", "));
    return new EngineException(
        Reason.TOPOLOGY_IN_USE,
        "Graph topology operation cannot be completed because it is in use by following graph"
            + " instances: "
            + names
            + reason);
  }
}
