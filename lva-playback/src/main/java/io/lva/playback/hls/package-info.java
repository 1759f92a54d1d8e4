/** HLS playlists (RFC 8216, and draft-pantos-hls-rfc8216bis for low latency). */
@NullMarked
package io.lva.playback.hls;

import org.jspecify.annotations.NullMarked;
