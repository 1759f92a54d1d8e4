/** H.265 over RTP (RFC 7798). */
@NullMarked
package io.lva.rtp.payload.h265;

import org.jspecify.annotations.NullMarked;
