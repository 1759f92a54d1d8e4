/** Connections of RTSP sessions through Netty, and what an integrator starts with them. */
@NullMarked
package io.lva.rtsp.net;

import org.jspecify.annotations.NullMarked;
