/** G.711 and linear audio over RTP (RFC 3551 section 4.5). */
@NullMarked
package io.lva.rtp.payload.pcm;

import org.jspecify.annotations.NullMarked;
