/** Decodes key pictures with FFmpeg. */
@NullMarked
package io.lva.decode.ffmpeg;

import org.jspecify.annotations.NullMarked;
