/**
 * Topologies and instances as JSON: a lenient reader, and two writers.
 *
 * <p>Jackson is used inside this package and in none of its signatures.
 */
@NullMarked
package io.lva.graph.json;

import org.jspecify.annotations.NullMarked;
