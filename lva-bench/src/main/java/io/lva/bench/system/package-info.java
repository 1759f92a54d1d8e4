/** The whole-system benchmark: many cameras, this library and its peers in turn, on one machine. */
@NullMarked
package io.lva.bench.system;

import org.jspecify.annotations.NullMarked;
