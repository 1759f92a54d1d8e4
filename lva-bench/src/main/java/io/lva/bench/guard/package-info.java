/** Compares short runs of the benchmarks with a committed baseline. */
@NullMarked
package io.lva.bench.guard;

import org.jspecify.annotations.NullMarked;
