package io.lva.runtime;

import io.lva.runtime.EngineException.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the state of engines in memory. */
final class FakeStore implements EngineStore {
  private final Map<String, TopologyResource> topologies = new TreeMap<>();
  private final Map<String, KeptInstance> instances = new TreeMap<>();
  boolean broken;

  boolean desired(String instance) {
    KeptInstance kept = instances.get(instance);
    return kept != null && kept.desiredActive();
  }

  @Override
  public List<TopologyResource> loadTopologies() {
    return List.copyOf(topologies.values());
  }

  @Override
  public List<KeptInstance> loadInstances() {
    return List.copyOf(instances.values());
  }

  @Override
  public void put(TopologyResource topology) {
    check();
    topologies.put(topology.topology().name(), topology);
  }

  @Override
  public void put(KeptInstance instance) {
    check();
    instances.put(instance.definition().name(), instance);
  }

  @Override
  public void deleteTopology(String name) {
    check();
    topologies.remove(name);
  }

  @Override
  public void deleteInstance(String name) {
    check();
    instances.remove(name);
  }

  @Override
  public void close() {}

  private void check() {
    if (broken) {
      throw new EngineException(Reason.STORAGE, "broken");
    }
  }
}
