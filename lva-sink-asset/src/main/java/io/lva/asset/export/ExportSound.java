package io.lva.asset.export;

/** What an export does with sound that not every player can play. */
public enum ExportSound {
  /** Every track is as the camera sent it. */
  AS_SENT,
  /** G.711 and linear sound become FLAC, without loss, which browsers play; the rest is as sent. */
  FLAC
}
