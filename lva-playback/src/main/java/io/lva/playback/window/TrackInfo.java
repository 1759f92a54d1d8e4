package io.lva.playback.window;

import io.lva.asset.index.TrackRow;

/**
 * What a manifest states about the track of a fragment. All fragments that are alike share it.
 *
 * <p>Immutable.
 *
 * @param id number of the track in its files
 * @param timescale ticks per second
 * @param init names the initialization segment by its content
 * @param initAddress where a player gets it; the same for as long as the playlist lives
 * @param codec as RFC 6381 has it
 * @param width of a picture in pixels; 0 when the track has no pictures
 * @param height of a picture in pixels; 0 when the track has no pictures
 */
public record TrackInfo(
    int id, int timescale, String init, String initAddress, String codec, int width, int height) {
  /**
   * Creates the description of a track.
   *
   * @param id see above
   * @param timescale see above
   * @param init see above
   * @param initAddress see above
   * @param codec see above
   * @param width see above
   * @param height see above
   */
  public TrackInfo {}

  static TrackInfo of(TrackRow row, String initAddress) {
    return new TrackInfo(
        row.id(),
        row.timescale(),
        row.init(),
        initAddress,
        TrackKind.playedCodec(row),
        row.width(),
        row.height());
  }
}
