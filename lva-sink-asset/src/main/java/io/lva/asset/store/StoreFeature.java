package io.lva.asset.store;

/** What a store can do beyond put-if-absent and conditional replacement. */
public enum StoreFeature {
  /** {@link AssetWriter#append} is supported, so that each index row costs one small write. */
  APPEND,

  /**
   * Files are written in place, can be read while they grow, and are completed by {@link
   * AssetWriter#rename}. Reading costs little.
   */
  IN_PLACE
}
