/** Records samples to an asset, keeps the archive, and reads it back. */
@org.jspecify.annotations.NullMarked
module io.lva.sink.asset {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive io.lva.core;
  requires transitive io.lva.fmp4;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports io.lva.asset;
  exports io.lva.asset.store;

  uses io.lva.asset.store.AssetStoreProvider;

  provides io.lva.spi.NodeProvider with
      io.lva.asset.AssetSinkProvider;
  provides io.lva.asset.store.AssetStoreProvider with
      io.lva.asset.store.DiskAssetStoreProvider;
}
