package io.lva.runtime;

/**
 * How many topologies and instances an engine keeps.
 *
 * <p>Immutable.
 *
 * @param topologies the maximum number of topologies, 1 or more
 * @param instances the maximum number of instances, 1 or more
 */
public record EngineLimits(int topologies, int instances) {
  /** The limits of Live Video Analytics: 50 topologies and 1000 instances. */
  public static final EngineLimits STANDARD = new EngineLimits(50, 1000);

  /**
   * Checks the limits.
   *
   * @param topologies 1 or more
   * @param instances 1 or more
   * @throws IllegalArgumentException when one is below 1
   */
  public EngineLimits {
    if (topologies < 1 || instances < 1) {
      throw new IllegalArgumentException(topologies + " topologies, " + instances + " instances");
    }
  }
}
