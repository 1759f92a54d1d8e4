/**
 * What manifests show: the fragments of a range in the order of recording, with their numbers,
 * their growth and their live edge, per range and track.
 */
@NullMarked
package io.lva.playback.window;

import org.jspecify.annotations.NullMarked;
