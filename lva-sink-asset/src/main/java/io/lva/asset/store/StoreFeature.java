package io.lva.asset.store;

/** What a store can do beyond put-if-absent and conditional replacement. */
public enum StoreFeature {
  /** {@link AssetWriter#append} is supported, so that each index row costs one small write. */
  APPEND,

  /**
   * Files are written where they stay, can be read while they grow, and {@link AssetWriter#rename}
   * completes them. Reading costs little.
   */
  IN_PLACE
}
