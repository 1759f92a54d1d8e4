/** The play-back page, as a browser shows it. */
@NullMarked
package io.lva.examples.playback;

import org.jspecify.annotations.NullMarked;
