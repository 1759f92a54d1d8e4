package io.lva.fmp4;

/**
 * The defaults of {@code trex} for samples without values of their own (ISO/IEC 14496-12 clause
 * 8.8.3).
 *
 * <p>Immutable.
 */
record TrackDefaults(int durationTicks, int sizeBytes, int flags) {
  static final TrackDefaults NONE = new TrackDefaults(0, 0, 0);
}
