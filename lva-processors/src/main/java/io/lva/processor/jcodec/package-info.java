/** The only place that knows jcodec. */
@NullMarked
package io.lva.processor.jcodec;

import org.jspecify.annotations.NullMarked;
