package io.lva.processor.motion;

import io.lva.graph.MotionSensitivity;

/**
 * What the three sensitivities mean.
 *
 * <p>Immutable.
 *
 * @param levels least difference of a cell, in levels of 0 to 255
 * @param deviations least difference of a cell, in mean deviations of its past
 * @param cells least area of what moved, in cells of 1/32400 of the picture
 */
record Tuning(float levels, float deviations, int cells) {
  static Tuning of(MotionSensitivity sensitivity) {
    return switch (sensitivity) {
      case LOW -> new Tuning(10, 8, 60);
      case MEDIUM -> new Tuning(6, 6, 20);
      case HIGH -> new Tuning(4, 5, 10);
    };
  }
}
