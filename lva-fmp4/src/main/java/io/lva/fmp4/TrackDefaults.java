package io.lva.fmp4;

/**
 * What {@code trex} says of samples that do not say it themselves (ISO/IEC 14496-12 clause 8.8.3).
 *
 * <p>Immutable.
 */
record TrackDefaults(int durationTicks, int sizeBytes, int flags) {
  static final TrackDefaults NONE = new TrackDefaults(0, 0, 0);
}
