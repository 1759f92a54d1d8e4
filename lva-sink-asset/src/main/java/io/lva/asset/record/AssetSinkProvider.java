package io.lva.asset.record;

import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import io.lva.graph.AssetSink;
import io.lva.graph.NodeSpec;
import io.lva.graph.Value;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import io.lva.spi.NodeStartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes asset sinks.
 *
 * <p>Thread-safe.
 */
public final class AssetSinkProvider implements NodeProvider {
  /** Less than this is a full disk: a few seconds of one camera and the index. */
  private static final long LEAST_SPACE_BYTES = 16L << 20;

  private static final AtomicInteger SINKS = new AtomicInteger();

  /** Makes the provider. */
  public AssetSinkProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphAssetSink";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof AssetSink sink)) {
      throw new IllegalArgumentException("not an asset sink: " + spec.type());
    }
    RecorderOptions options =
        RecorderOptions.defaults().segmentLength(context.resolve(sink.segmentLength()));
    DiskAssetStore store = store(context.assetStore());
    Lane lane = lane(store, context);
    SinkServices services =
        new SinkServices(
            store,
            context.assetStore(),
            lane,
            context.mediaBudget(),
            options,
            context.metrics(),
            context::publish,
            SINKS.getAndIncrement());
    Value<String> pattern = sink.assetNamePattern();
    String name = context.resolve(pattern);
    checkName(name);
    Optional<AssetFolder> opened =
        dependsOnTime(pattern) ? Optional.empty() : Optional.of(open(store, name, lane));
    return new AssetSinkNode(services, () -> context.resolve(pattern), opened, context.loop());
  }

  private static DiskAssetStore store(URI uri) {
    try {
      AssetStore store = AssetStore.open(uri);
      if (store instanceof DiskAssetStore disk) {
        return disk;
      }
      store.close();
      throw new NodeStartException("asset store " + uri + " is no folder of this machine");
    } catch (IOException e) {
      throw new NodeStartException(
          "asset store " + uri + " cannot be opened: " + FailureReason.of(e), e);
    }
  }

  private static Lane lane(DiskAssetStore store, NodeContext context) {
    Path root = store.root();
    try {
      store.files().makeDirectories(root);
      long space = store.files().usableSpaceBytes(root);
      if (space < LEAST_SPACE_BYTES) {
        throw new NodeStartException(
            "asset store "
                + root
                + ": the disk is full, "
                + (space >> 10)
                + " KiB are left; free "
                + (LEAST_SPACE_BYTES >> 20)
                + " MiB or choose another folder");
      }
      WriterLanes lanes =
          context.shared().get(WriterLanes.class, () -> new WriterLanes(context.loop().clock()));
      return lanes.of(root);
    } catch (IOException e) {
      throw new NodeStartException(
          "asset store "
              + root
              + " cannot be written: "
              + FailureReason.of(e)
              + "; choose another folder",
          e);
    }
  }

  private static AssetFolder open(DiskAssetStore store, String name, Lane lane) {
    try {
      return AssetFolder.open(store, name, lane.clock());
    } catch (AssetInUseException e) {
      throw new NodeStartException(
          e.getMessage() + "; stop that one or choose another asset name", e);
    } catch (IOException e) {
      throw new NodeStartException(
          "asset " + name + " in " + store.root() + " cannot be opened: " + FailureReason.of(e), e);
    }
  }

  private static void checkName(String name) {
    AssetLayout.folderName(name);
  }

  private static boolean dependsOnTime(Value<String> pattern) {
    return pattern instanceof Value.Template<String> template
        && (template.text().contains("System.DateTime")
            || template.text().contains("System.PreciseDateTime"));
  }
}
