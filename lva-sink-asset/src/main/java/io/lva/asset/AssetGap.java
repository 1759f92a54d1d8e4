package io.lva.asset;

import io.lva.media.Gap;

/**
 * A gap of an asset.
 *
 * <p>Immutable.
 *
 * @param gap open while it lasts
 * @param bridged whether the run goes on after it, its last sample extended
 */
public record AssetGap(Gap gap, boolean bridged) {
  /**
   * Makes the value.
   *
   * @param gap open while it lasts
   * @param bridged whether the run goes on after it
   */
  public AssetGap {}
}
