package io.lva.media;

/** Where a decoder finds the parameter sets of a video track (ISO/IEC 14496-15 clause 5.2.4). */
public enum ParameterSetPlace {
  /** In the sample entry alone: {@code avc1}, {@code hvc1}. */
  SAMPLE_ENTRY,
  /** In the samples too, where they may change: {@code avc3}, {@code hev1}. */
  IN_BAND
}
