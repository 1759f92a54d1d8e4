package io.lva.spi;

/**
 * The media loops of a process, few and shared by all sessions.
 *
 * <p>Thread-safe.
 */
public interface MediaLoopGroup extends AutoCloseable {
  /**
   * Chooses a loop for a new session.
   *
   * @return one of the loops, in turn
   */
  MediaLoop next();

  /** Ends all loops; tasks that have not begun may be dropped, and later ones are rejected. */
  @Override
  void close();

  /** Creates the group of a process; found by {@link java.util.ServiceLoader}. */
  @FunctionalInterface
  interface Provider {
    /**
     * Starts a group.
     *
     * @param loops number of threads, at least 1
     * @return a running group
     */
    MediaLoopGroup start(int loops);
  }
}
