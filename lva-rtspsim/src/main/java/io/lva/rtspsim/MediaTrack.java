package io.lva.rtspsim;

import io.lva.media.CodecParameters;
import java.util.OptionalDouble;

/**
 * One track of a source: an endless list of units, made once for all clients. Its times are ticks
 * of its RTP clock since the beginning of the source's time line.
 *
 * <p>Thread-safe.
 */
interface MediaTrack {
  /** Returns the parameters that the session description states at present. */
  CodecParameters parameters();

  /** Returns the number of ticks per second. */
  int clockRate();

  /** Returns the number of pictures per second, if there are pictures and they are regular. */
  OptionalDouble framesPerSecond();

  /** Returns the number of the first unit that is due at a time or after it. */
  long indexFrom(long ticks);

  /** Returns when a unit is sent; a cheap call. */
  long decodeTicks(long index);

  /** Returns whether decoding can begin with a unit; a cheap call. */
  boolean sync(long index);

  /**
   * Returns a unit.
   *
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  MediaUnit unit(long index);
}
