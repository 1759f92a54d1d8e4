/** The blueprint: topologies, their nodes, connections and parameters, as immutable values. */
@NullMarked
package io.lva.graph;

import org.jspecify.annotations.NullMarked;
