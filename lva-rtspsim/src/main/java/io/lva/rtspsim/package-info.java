/** A camera simulator: an RTSP server that plays a pattern with a running clock, or files. */
@NullMarked
package io.lva.rtspsim;

import org.jspecify.annotations.NullMarked;
