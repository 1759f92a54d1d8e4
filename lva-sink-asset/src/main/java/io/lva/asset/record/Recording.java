package io.lva.asset.record;

import io.lva.media.Gap;

/**
 * One recording as the media loop sees it, as the way to its writer lane.
 *
 * <p>Called on the media loop; never blocks.
 */
interface Recording {
  /** Returns what waits for the lane. */
  GopQueue queue();

  /** Wakes the lane: there is something in the queue. */
  void ready();

  /** Makes a gap visible while it lasts. */
  void gapOpened(Gap gap);

  /** Closes a gap in which nothing turned out to be missing; the written media does not change. */
  void gapClosed(Gap gap);

  /** Counts what was dropped and reports it to the integrator. */
  void dropped(GopQueue.Dropped dropped);

  /** Counts a sample that came too late for its group. */
  void late();
}
