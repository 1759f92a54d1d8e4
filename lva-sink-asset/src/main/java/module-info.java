/** Records samples to an asset, keeps the archive, and reads it back. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // names modules that are built later
module io.lva.sink.asset {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive io.lva.core;
  requires transitive io.lva.fmp4;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;

  exports io.lva.asset;
  exports io.lva.asset.export;
  exports io.lva.asset.index;
  exports io.lva.asset.store;
  exports io.lva.asset.verify;
  exports io.lva.asset.format to
      io.lva.playback;
  exports io.lva.asset.archive to
      io.lva.playback;
  exports io.lva.asset.disk to
      io.lva.playback;

  uses io.lva.asset.store.AssetStoreProvider;

  provides io.lva.spi.NodeProvider with
      io.lva.asset.record.AssetSinkProvider;
  provides io.lva.asset.store.AssetStoreProvider with
      io.lva.asset.disk.DiskAssetStoreProvider;
}
