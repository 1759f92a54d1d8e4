/** AAC over RTP: MPEG-4 generic (RFC 3640) and LATM (RFC 6416). */
@NullMarked
package io.lva.rtp.payload.aac;

import org.jspecify.annotations.NullMarked;
