/**
 * Decoded pictures of a session, the seam to decoders, and the options of processors.
 *
 * <p>The runtime finds the nodes themselves with {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.lva.processor;

import org.jspecify.annotations.NullMarked;
