package io.lva.rtp.payload.nal;

/**
 * Learns what the marker bit of a camera means.
 *
 * <p>The marker bit does not prove the end of a picture: some cameras never set it (FLIR M400), and
 * others set it on SEI and parameter sets (LV-IP22IR40DVBL) or on every slice. For the first access
 * units, the end is recognized by the next packet; from then on, a marker after a slice ends the
 * unit, unless it was seen to mislead.
 *
 * <p>Confined to its media loop.
 */
final class MarkerPolicy {
  private static final int LEARNING_UNITS = 5;

  private int learned;
  private boolean misleads;

  /** Returns whether a marker after a slice ends the access unit. */
  boolean isTrusted() {
    return learned >= LEARNING_UNITS && !misleads;
  }

  /** Notes a complete access unit. */
  void completed() {
    learned += learned < LEARNING_UNITS ? 1 : 0;
  }

  /** Notes a marker within a picture. */
  void misleads() {
    misleads = true;
  }
}
