/** What the addresses of playback mean: ranges, media, and the arguments of Media Services. */
@NullMarked
package io.lva.playback.address;

import org.jspecify.annotations.NullMarked;
