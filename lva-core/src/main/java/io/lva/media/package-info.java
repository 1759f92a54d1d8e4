/**
 * The media vocabulary: tracks, samples, their data in pooled slabs, and gaps.
 *
 * <p>Everything here is a value or a pure state machine: no I/O, no clock, no thread of its own.
 */
@NullMarked
package io.lva.media;

import org.jspecify.annotations.NullMarked;
