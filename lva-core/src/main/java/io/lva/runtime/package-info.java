/** Runs graphs: the runtime of a process, the instances in it, and the engine that keeps them. */
@NullMarked
package io.lva.runtime;

import org.jspecify.annotations.NullMarked;
