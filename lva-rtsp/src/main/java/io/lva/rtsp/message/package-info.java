/** RTSP messages and their header fields (RFC 2326), and the decoder of a connection. */
@NullMarked
package io.lva.rtsp.message;

import org.jspecify.annotations.NullMarked;
