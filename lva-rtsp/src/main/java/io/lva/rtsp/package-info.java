/**
 * The RTSP client as integrators see it: where a camera is, how long to wait for it, and what
 * failed.
 *
 * <p>The classes that play and probe cameras are in {@link io.lva.rtsp.net}.
 */
@NullMarked
package io.lva.rtsp;

import org.jspecify.annotations.NullMarked;
