/** Decodes pictures with jcodec, which no other package uses. */
@NullMarked
package io.lva.processor.jcodec;

import org.jspecify.annotations.NullMarked;
