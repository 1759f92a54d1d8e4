package io.lva.rtp;

/** Compares the media time of a track with its arrival. */
interface MediaArrival {
  /** Returns whether {@link #aheadNanos} can be called: arrivals count, and the origin is known. */
  boolean isComparable();

  /** Returns whether arrivals show the time at all, which they do not in a replay. */
  boolean isLive();

  /** Returns how far media time is ahead of its arrival, in nanoseconds. */
  long aheadNanos(long ticks, long nanoTime, long utcNanos);

  /**
   * Returns the media time that is due now: that of a picture that would be on time if it came now.
   */
  long dueTicks(long nanoTime, long utcNanos);
}
