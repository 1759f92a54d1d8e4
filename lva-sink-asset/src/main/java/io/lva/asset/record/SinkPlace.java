package io.lva.asset.record;

import io.lva.asset.LiveAssets;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import io.lva.asset.store.StoreFeature;
import io.lva.asset.upload.LocalCopies;
import io.lva.asset.upload.SpoolOwner;
import io.lva.asset.upload.UploadPolicy;
import io.lva.asset.upload.UploadRate;
import io.lva.asset.upload.UploadThreads;
import io.lva.graph.AssetSink;
import io.lva.spi.Clock;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where a sink writes: the folder of its store, or a spool on this disk when the store is
 * elsewhere.
 *
 * <p>Immutable.
 *
 * @param files where segments are written
 * @param opener opens an asset there
 */
record SinkPlace(DiskAssetStore files, OpenAsset.Opener opener) {
  private static final long DEFAULT_SPOOL_MIB = 2048;

  /** Returns the place of a sink. */
  static SinkPlace of(
      AssetSink sink,
      AssetStore store,
      FileOps access,
      RecorderOptions options,
      NodeContext context) {
    if (store.features().contains(StoreFeature.IN_PLACE)) {
      DiskAssetStore files = new DiskAssetStore(Path.of(store.uri()), access);
      return new SinkPlace(files, inPlace(files, context));
    }
    DiskAssetStore spool = new DiskAssetStore(spoolFolder(sink, store, context), access);
    try {
      long limit =
          sink.localMediaCacheMaximumSizeMiB().map(context::resolve).orElse(DEFAULT_SPOOL_MIB);
      Clock clock = context.loop().clock();
      UploadThreads threads =
          context
              .shared()
              .get(
                  UploadThreads.class,
                  () -> new UploadThreads(new UploadRate(options.uploadLimit(), clock)));
      LocalCopies copies =
          context
              .shared()
              .get(SharedCopies.class, () -> new SharedCopies(options.localCopiesMiB()))
              .of(spool);
      UploadPolicy policy =
          new UploadPolicy(SpoolOwner.of(spool), limit << 20, threads.rate(), copies, clock);
      LiveAssets.of(context.shared()).spool(store.uri(), spool);
      return new SinkPlace(
          spool,
          new SpoolOpener(
              spool,
              store,
              policy,
              threads.executor(),
              name ->
                  new UploadReports(
                      name, store.uri(), policy, context.metrics(), context::publish)));
    } catch (IOException e) {
      throw new NodeStartException(
          "local media cache "
              + spool.root()
              + " cannot be written: "
              + FailureReason.of(e)
              + "; set localMediaCachePath to another folder",
          e);
    }
  }

  private static OpenAsset.Opener inPlace(DiskAssetStore files, NodeContext context) {
    return name -> OpenAsset.inPlace(AssetFolder.open(files, name, context.loop().clock()));
  }

  /**
   * Returns the folder of the spools for a store; each store that this machine publishes to has its
   * own folder.
   */
  private static Path spoolFolder(AssetSink sink, AssetStore store, NodeContext context) {
    String cache =
        sink.localMediaCachePath()
            .map(context::resolve)
            .orElse(Path.of(System.getProperty("java.io.tmpdir"), "lva-media-cache").toString());
    String store64 =
        UUID.nameUUIDFromBytes(store.uri().toString().getBytes(StandardCharsets.UTF_8)).toString();
    return Path.of(cache, store64);
  }
}
