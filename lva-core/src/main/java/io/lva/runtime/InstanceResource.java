package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.SystemData;

/**
 * An instance that an engine keeps, as it was when asked for.
 *
 * <p>Immutable.
 *
 * @param definition its name, topology and parameter values
 * @param topology the topology it runs
 * @param state where it is in its life
 * @param systemData when it was first set and when it was last set
 */
public record InstanceResource(
    InstanceDefinition definition,
    GraphTopology topology,
    InstanceState state,
    SystemData systemData) {}
