package io.lva.rtspsim;

import io.lva.media.codec.H264Parameters;
import java.util.OptionalDouble;

/**
 * What is served under one path: an endless list of access units, made once for all clients.
 *
 * <p>Thread-safe.
 */
interface MediaSource {
  /** Returns a name for people. */
  String title();

  /** Returns the content of the session description as of now. */
  H264Parameters parameters();

  /** Returns pictures per second, if they are regular. */
  OptionalDouble framesPerSecond();

  /**
   * Returns where a client begins that starts to play now.
   *
   * @param utcNanos now
   * @param burst whether it gets at once what came since the newest picture that stands alone
   */
  Start start(long utcNanos, boolean burst);

  /** Returns when a unit is sent, in ticks of 90 kHz; costs little. */
  long decodeTicks(long index);

  /** Returns whether decoding can begin with a unit; costs little. */
  boolean sync(long index);

  /** Returns whether the source is played from where a client is, or is what it is now. */
  boolean live();

  /**
   * Returns an access unit.
   *
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  MediaUnit unit(long index);

  /**
   * Where a client begins.
   *
   * @param index of its first access unit
   * @param originTicks a time of the source …
   * @param originUtcNanos … and when that is
   */
  record Start(long index, long originTicks, long originUtcNanos) {}
}
