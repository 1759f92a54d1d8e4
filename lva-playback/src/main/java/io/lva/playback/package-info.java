/**
 * Serves assets to players: HLS and DASH manifests, fragments, what is recorded, MP4 files, and the
 * player page.
 */
@NullMarked
package io.lva.playback;

import org.jspecify.annotations.NullMarked;
