package io.lva.media;

/**
 * How far the output order of pictures may differ from their decode order.
 *
 * <p>Immutable.
 *
 * @param stated depth that the encoder promises: the number of pictures that may precede another in
 *     decode order and follow it in output order; 0 when it states nothing
 * @param maximum depth that the parameters allow, not less than {@code stated}
 */
public record Reordering(int stated, int maximum) {
  /** Output order is decode order. */
  public static final Reordering NONE = new Reordering(0, 0);

  /**
   * Checks the numbers.
   *
   * @param stated 0 or more
   * @param maximum not less than {@code stated}
   * @throws IllegalArgumentException when a number is out of range
   */
  public Reordering {
    if (stated < 0 || maximum < stated) {
      throw new IllegalArgumentException("reorder depth " + stated + " of at most " + maximum);
    }
  }
}
