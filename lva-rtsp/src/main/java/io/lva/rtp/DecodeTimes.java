package io.lva.rtp;

/**
 * Derives decode times from times of presentation, the only times that RTP carries.
 *
 * <p>With a reorder depth of n, the decode time of a picture is the (n + 1)-th largest time of
 * presentation seen so far. It is known the moment the picture comes, so no picture waits. The
 * depth is the one that the camera states; if it states none, the depth is learned from pictures
 * that come after one that they precede in presentation. With depth 0, the decode time is the time
 * of presentation. Decode times always increase: where the order of the pictures would prevent
 * this, the picture is decoded one tick after the last one, and its composition offset may become
 * negative.
 *
 * <p>Confined to its media loop.
 */
final class DecodeTimes {
  /** Largest depth that H.264 knows (clause E.2.1, {@code max_num_reorder_frames}). */
  static final int MAXIMUM_DEPTH = 16;

  private final long[] largest = new long[MAXIMUM_DEPTH + 2];
  private final long[] recent = new long[MAXIMUM_DEPTH + 1];
  private final long[] recentDistance = new long[MAXIMUM_DEPTH + 1];
  private int recentCount;
  private int depth;
  private int maximumDepth;
  private int used;
  private long unitTicks;
  private long pauseTicks;
  private long last;
  private long lastDistance;
  private boolean any;

  /**
   * Takes what the parameters say about reordering, and forgets what was learned.
   *
   * @param stated depth the camera promises, or the depth to begin with
   * @param maximum depth that may be learned
   * @param nominalUnitTicks expected distance between pictures, at least 1
   * @param longestUnitTicks a longer distance between pictures is a pause, across which no pictures
   *     are reordered
   */
  void parameters(int stated, int maximum, long nominalUnitTicks, long longestUnitTicks) {
    depth = Math.min(stated, MAXIMUM_DEPTH);
    maximumDepth = Math.max(depth, Math.min(maximum, MAXIMUM_DEPTH));
    unitTicks = Math.max(1, nominalUnitTicks);
    pauseTicks = longestUnitTicks;
    restart();
  }

  /** Begins after a hole: the next picture refers to no earlier one. */
  void restart() {
    used = 0;
    recentCount = 0;
  }

  /** Begins another time line: the next decode time may be anywhere. */
  void newLine() {
    restart();
    any = false;
  }

  /**
   * Looks at a picture before its turn, to learn the depth before the first decode time is given.
   *
   * @param presentation its time
   */
  void observe(long presentation) {
    int later = 0;
    long nearest = Long.MAX_VALUE;
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < recentCount; i++) {
      later += recent[i] > presentation ? 1 : 0;
      long distance = Math.abs(recent[i] - presentation);
      nearest = distance == 0 ? nearest : Math.min(nearest, distance);
      smallest = Math.min(smallest, recentDistance[i]);
    }
    smallest = Math.min(smallest, nearest);
    if (later > depth && later <= maximumDepth) {
      deepen(later);
    }
    if (smallest <= pauseTicks) {
      unitTicks = smallest;
    }
    remember(presentation, nearest);
  }

  /**
   * Gives a picture its decode time, in decode order and after {@link #observe}.
   *
   * @param presentation its time
   * @return a decode time that is at least one more than the last one
   */
  long decodeTime(long presentation) {
    boolean first = used == 0;
    if (first || presentation - largest[used - 1] > pauseTicks) {
      for (int i = 0; i <= depth; i++) {
        largest[i] = presentation - (depth - i) * unitTicks;
      }
      used = depth + 1;
    } else {
      insert(presentation);
      removeSmallest();
    }
    long decodeTime = any ? Math.max(last + 1, largest[0]) : largest[0];
    lastDistance = first || decodeTime - last > pauseTicks ? unitTicks : decodeTime - last;
    last = decodeTime;
    any = true;
    return decodeTime;
  }

  /** Returns the reorder depth in force. */
  int depth() {
    return depth;
  }

  /** Returns the smallest distance between the last pictures, at least 1. */
  long unitTicks() {
    return unitTicks;
  }

  /**
   * Returns how long the last picture lasts in ticks, assuming that it lasts as long as the one
   * before.
   */
  long lastDistance() {
    return lastDistance;
  }

  private void remember(long presentation, long nearest) {
    System.arraycopy(recent, 0, recent, 1, recent.length - 1);
    System.arraycopy(recentDistance, 0, recentDistance, 1, recentDistance.length - 1);
    recent[0] = presentation;
    recentDistance[0] = nearest;
    recentCount = Math.min(recentCount + 1, recent.length);
  }

  /**
   * Increases the reorder depth: decode times advance by only one tick each until they lag behind
   * presentation by the new depth.
   */
  private void deepen(int newDepth) {
    for (int i = depth; i < newDepth && used > 0; i++) {
      System.arraycopy(largest, 0, largest, 1, used);
      largest[0] = last;
      used++;
    }
    depth = newDepth;
  }

  private void insert(long presentation) {
    int at = used;
    while (at > 0 && largest[at - 1] > presentation) {
      largest[at] = largest[at - 1];
      at--;
    }
    largest[at] = presentation;
    used++;
  }

  private void removeSmallest() {
    used--;
    System.arraycopy(largest, 1, largest, 0, used);
  }
}
