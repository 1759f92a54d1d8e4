package io.lva.rtp;

/** Compares the media time of a track with its arrival. */
interface MediaArrival {
  /** Returns whether {@link #aheadNanos} can be asked: arrivals count, and the origin is known. */
  boolean isComparable();

  /** Returns whether arrivals count at all. */
  boolean isLive();

  /** Returns how far media time is ahead of its arrival. */
  long aheadNanos(long ticks, long nanoTime, long utcNanos);

  /** Returns the media time that is due now: a picture with it would come when it should. */
  long dueTicks(long nanoTime, long utcNanos);
}
