/** DASH manifests (ISO/IEC 23009-1). */
@NullMarked
package io.lva.playback.dash;

import org.jspecify.annotations.NullMarked;
