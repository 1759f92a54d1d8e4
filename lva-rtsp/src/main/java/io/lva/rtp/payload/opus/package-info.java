/** Opus over RTP (RFC 7587). */
@NullMarked
package io.lva.rtp.payload.opus;

import org.jspecify.annotations.NullMarked;
