/** JMH benchmarks of the hot path, and the guard that compares them with a committed baseline. */
@NullMarked
package io.lva.bench;

import org.jspecify.annotations.NullMarked;
