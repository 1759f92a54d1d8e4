package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.TopologyException;
import io.lva.runtime.EngineException.Reason;
import io.lva.runtime.EngineStore.KeptInstance;
import java.util.List;
import java.util.stream.Collectors;

/** An instance of an engine: what runs, and what is kept of it. Changed under the engine's lock. */
final class KeptGraph {
  private final GraphInstance instance;
  private volatile KeptInstance kept;
  private volatile boolean toResume;
  private boolean wishIsNew;
  private String whyNotResumed = "";

  KeptGraph(GraphInstance instance, KeptInstance kept, boolean toResume) {
    this.instance = instance;
    this.kept = kept;
    this.toResume = toResume;
  }

  /** Returns whether it was active before the process ended, and nothing was done with it since. */
  boolean toResume() {
    return toResume;
  }

  void resumed() {
    toResume = false;
  }

  /** Remembers why it was not activated again; returns whether that is news. */
  synchronized boolean notResumed(String reason) {
    boolean news = !reason.equals(whyNotResumed);
    whyNotResumed = reason;
    return news;
  }

  /**
   * Returns whether the running activation brought the wish to be active: the wish then ends with
   * it.
   */
  boolean wishIsNew() {
    return wishIsNew;
  }

  void wishIsNew(boolean isNew) {
    wishIsNew = isNew;
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
