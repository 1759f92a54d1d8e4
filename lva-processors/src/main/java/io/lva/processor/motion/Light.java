package io.lva.processor.motion;

/** How the light changed from one picture to another. */
final class Light {
  private static final int STEPS = 128;
  private static final float DARKEST = 8;
  private static final float BRIGHTEST = 245;
  private static final int MAXIMUM = 8 * STEPS;

  private Light() {}

  /**
   * Returns the factor by which the brightness changed: the median over all cells that are neither
   * black nor clipped, so that what moved does not count; 1 when there are too few of them. It is a
   * factor and not an offset because light multiplies: an offset would follow exposure wrongly.
   */
  static float gain(float[] from, float[] to) {
    int[] histogram = new int[MAXIMUM + 1];
    int count = 0;
    for (int i = 0; i < from.length; i++) {
      if (from[i] > DARKEST && from[i] < BRIGHTEST && to[i] < BRIGHTEST) {
        histogram[Math.min(MAXIMUM, Math.round(to[i] / from[i] * STEPS))]++;
        count++;
      }
    }
    if (count < from.length / 10) {
      return 1;
    }
    int seen = 0;
    int median = 0;
    while (seen + histogram[median] <= count / 2) {
      seen += histogram[median++];
    }
    float within = (count / 2f - seen) / histogram[median];
    return (median - 0.5f + within) / STEPS;
  }

  /**
   * Returns whether cells changed in brightness only: their pattern is the same as before, as under
   * a lamp, a shadow or a beam of headlights. Cells without a pattern prove nothing.
   */
  static boolean isOnly(float[] before, float[] after, int[] cells, int count) {
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int i = 0; i < count; i++) {
      double a = before[cells[i]];
      double b = after[cells[i]];
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
    double varianceA = squaresA / count - sumA / count * (sumA / count);
    double varianceB = squaresB / count - sumB / count * (sumB / count);
    double covariance = products / count - sumA / count * (sumB / count);
    return varianceA > LEAST_PATTERN
        && varianceB > LEAST_PATTERN
        && covariance > SAME_PATTERN * Math.sqrt(varianceA * varianceB);
  }

  private static final double LEAST_PATTERN = 16;
  private static final double SAME_PATTERN = 0.95;
}
