package io.lva.runtime;

import io.lva.graph.InstanceDefinition;
import io.lva.graph.SystemData;
import java.util.List;

/** Where an engine keeps its state. A call that returns has made the change permanent. */
interface EngineStore extends AutoCloseable {
  /**
   * An instance as it is kept.
   *
   * @param definition its name, topology and parameter values
   * @param systemData when it was set
   * @param desiredActive whether it was activated and has not been deactivated since
   */
  record KeptInstance(InstanceDefinition definition, SystemData systemData, boolean desiredActive) {
    KeptInstance desiring(boolean active) {
      return new KeptInstance(definition, systemData, active);
    }
  }

  List<TopologyResource> loadTopologies();

  List<KeptInstance> loadInstances();

  void put(TopologyResource topology);

  void put(KeptInstance instance);

  void deleteTopology(String name);

  void deleteInstance(String name);

  @Override
  void close();

  /** Returns a store that keeps nothing. */
  static EngineStore none() {
    return new EngineStore() {
      @Override
      public List<TopologyResource> loadTopologies() {
        return List.of();
      }

      @Override
      public List<KeptInstance> loadInstances() {
        return List.of();
      }

      @Override
      public void put(TopologyResource topology) {}

      @Override
      public void put(KeptInstance instance) {}

      @Override
      public void deleteTopology(String name) {}

      @Override
      public void deleteInstance(String name) {}

      @Override
      public void close() {}
    };
  }
}
