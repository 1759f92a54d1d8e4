/** The sink of the asset module, on one thread for benchmarks. */
@NullMarked
package io.lva.asset;

import org.jspecify.annotations.NullMarked;
