/** The sink of the asset module, on one thread for benchmarks. */
@NullMarked
package io.lva.asset.record;

import org.jspecify.annotations.NullMarked;
