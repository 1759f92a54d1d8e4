/** The signal gate: when it is open, the media from before an event, and the node. */
@NullMarked
package io.lva.processor.gate;

import org.jspecify.annotations.NullMarked;
