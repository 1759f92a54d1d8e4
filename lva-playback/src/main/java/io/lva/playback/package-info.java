/**
 * Serves assets to players: HLS manifests and fragments, what is recorded, MP4 files, and the
 * player page.
 */
@NullMarked
package io.lva.playback;

import org.jspecify.annotations.NullMarked;
