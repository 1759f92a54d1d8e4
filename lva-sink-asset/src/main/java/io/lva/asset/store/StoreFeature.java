package io.lva.asset.store;

/** What a store can do beyond put-if-absent and conditional replacement. */
public enum StoreFeature {
  /** {@link AssetWriter#append}: index rows cost one small write each. */
  APPEND,

  /**
   * Files grow where they lie, are seen while they grow, and {@link AssetWriter#rename} completes
   * them. Reading costs little.
   */
  IN_PLACE
}
