/** What a graph reports to the application: typed events, and their envelope. */
@NullMarked
package io.lva.event;

import org.jspecify.annotations.NullMarked;
