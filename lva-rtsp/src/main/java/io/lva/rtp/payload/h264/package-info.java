/** H.264 over RTP (RFC 6184). */
@NullMarked
package io.lva.rtp.payload.h264;

import org.jspecify.annotations.NullMarked;
