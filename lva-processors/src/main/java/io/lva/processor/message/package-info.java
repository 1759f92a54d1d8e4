/** Messages from and to the outside, and the frame-rate filter. */
@NullMarked
package io.lva.processor.message;

import org.jspecify.annotations.NullMarked;
