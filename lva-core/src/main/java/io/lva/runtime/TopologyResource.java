package io.lva.runtime;

import io.lva.graph.GraphTopology;
import io.lva.graph.SystemData;

/**
 * A topology that an engine keeps.
 *
 * <p>Immutable.
 *
 * @param topology the blueprint
 * @param systemData when it was first set and when it was last set
 */
public record TopologyResource(GraphTopology topology, SystemData systemData) {}
