/** RTSP 1.0 (RFC 2326): messages, session and connection. */
@NullMarked
package io.lva.rtsp;

import org.jspecify.annotations.NullMarked;
