package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.SystemData;

/**
 * An instance that an engine keeps, as it was when asked for.
 *
 * <p>Immutable.
 *
 * @param definition what it is made of
 * @param topology what it runs
 * @param state where it is in its life
 * @param systemData when it was set
 */
public record InstanceResource(
    InstanceDefinition definition,
    GraphTopology topology,
    InstanceState state,
    SystemData systemData) {}
