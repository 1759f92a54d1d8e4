/**
 * The RTSP client as integrators see it: where a camera is, how long to wait for it, and what
 * failed.
 *
 * <p>Playing and probing cameras is in {@link io.lva.rtsp.net}.
 */
@NullMarked
package io.lva.rtsp;

import org.jspecify.annotations.NullMarked;
