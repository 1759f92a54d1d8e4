package io.lva.asset.export;

/** What an export does with sound that not every player can play. */
public enum ExportSound {
  /** Every track is as the camera sent it. */
  AS_SENT,
  /**
   * G.711 and linear PCM become FLAC, a lossless format that browsers play; other tracks stay as
   * sent.
   */
  FLAC
}
