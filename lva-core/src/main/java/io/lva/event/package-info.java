/** What a graph tells its integrator: typed events, and their envelope. */
@NullMarked
package io.lva.event;

import org.jspecify.annotations.NullMarked;
