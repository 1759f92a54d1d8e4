package io.lva.rtspsim;

import java.util.List;

/**
 * What is served under one path: tracks on one endless time line, in nanoseconds.
 *
 * <p>Thread-safe.
 */
interface MediaSource {
  /** Returns a name to display. */
  String title();

  /** Returns the tracks, at least one; their number never changes. */
  List<MediaTrack> tracks();

  /**
   * Returns whether all clients get what the source shows at present, rather than each having its
   * own position.
   */
  boolean live();

  /**
   * Returns where a client begins that starts to play now.
   *
   * @param utcNanos the present time
   * @param burst whether the client at once gets everything since the latest key frame
   */
  Start start(long utcNanos, boolean burst);

  /**
   * Where a client begins.
   *
   * @param lineNanos time of its first unit on the time line
   * @param originUtcNanos when the time line begins
   */
  record Start(long lineNanos, long originUtcNanos) {}
}
