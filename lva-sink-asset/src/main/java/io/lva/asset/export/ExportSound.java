package io.lva.asset.export;

/** What an export makes of sound that not every player plays. */
public enum ExportSound {
  /** Every track is as the camera sent it. */
  AS_SENT,
  /** G.711 and linear sound become FLAC, without loss, which browsers play; the rest is as sent. */
  FLAC
}
