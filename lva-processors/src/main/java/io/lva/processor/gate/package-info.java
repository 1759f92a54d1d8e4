/**
 * The signal gate: the node, the decision of when it is open, and the media kept from before an
 * event.
 */
@NullMarked
package io.lva.processor.gate;

import org.jspecify.annotations.NullMarked;
