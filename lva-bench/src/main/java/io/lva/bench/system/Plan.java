package io.lva.bench.system;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How one recorder is measured.
 *
 * <p>Immutable.
 *
 * @param clip what the cameras send
 * @param folder where recordings are written; removed afterwards
 * @param cameras number of cameras
 * @param viewers number of cameras that are watched live
 * @param fullSpeed whether the cameras send as fast as they can
 * @param warmUp time that is not measured
 * @param measured time that is measured
 * @param memory memory that is held at the beginning and given back as the recorder writes
 */
record Plan(
    Path clip,
    Path folder,
    int cameras,
    int viewers,
    boolean fullSpeed,
    Duration warmUp,
    Duration measured,
    MemoryPlan memory) {
  /**
   * The largest number of recordings that are read while they grow; a few are enough, as all lag
   * alike.
   */
  private static final int MOST_FOLLOWED = 4;

  /** Returns how many recordings are followed. */
  int followed() {
    return fullSpeed ? 0 : Math.min(MOST_FOLLOWED, cameras);
  }

  /** Returns the number, from 1, of the n-th of a few cameras that are spread evenly over all. */
  int spread(int index, int count) {
    return 1 + index * cameras / count;
  }
}
