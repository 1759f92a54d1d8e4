package io.lva.processor.motion;

import java.util.Arrays;

/**
 * What the scene looks like when nothing moves: mean and mean deviation of each cell, learned from
 * the pictures.
 *
 * <p>Not thread-safe.
 */
final class Background {
  private static final float RATE = 0.1f;
  private static final float DEVIATION_RATE = 0.05f;

  /** The deviation of a cell before any is learned: that of the noise in a dark scene. */
  private static final float FIRST_DEVIATION = 0.6f;

  /** For how many pictures in a row an object must stand still to become part of the scene. */
  private static final int STILL_SAMPLES = 3;

  private final float[] mean = new float[MeanGrid.CELLS];
  private final float[] deviation = new float[MeanGrid.CELLS];
  private final byte[] still = new byte[MeanGrid.CELLS];

  /** Starts over with a picture. */
  void reset(float[] grid) {
    System.arraycopy(grid, 0, mean, 0, grid.length);
    Arrays.fill(deviation, FIRST_DEVIATION);
    Arrays.fill(still, (byte) 0);
  }

  float[] mean() {
    return mean;
  }

  float deviation(int cell) {
    return deviation[cell];
  }

  /** Follows the light: all means are multiplied. */
  void scale(float gain) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] *= gain;
    }
  }

  /**
   * Learns from a picture.
   *
   * @param changed cells that differ from the scene
   * @param moving cells that also differ from the previous picture
   */
  void learn(float[] grid, boolean[] changed, boolean[] moving) {
    for (int i = 0; i < mean.length; i++) {
      if (!changed[i]) {
        float difference = grid[i] - mean[i];
        mean[i] += RATE * difference;
        deviation[i] += DEVIATION_RATE * (Math.abs(difference) - deviation[i]);
        still[i] = 0;
      } else if (moving[i]) {
        still[i] = 0;
      } else if (++still[i] >= STILL_SAMPLES) {
        mean[i] = grid[i];
        still[i] = 0;
      }
    }
  }
}
