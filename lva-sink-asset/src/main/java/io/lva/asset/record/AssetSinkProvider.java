package io.lva.asset.record;

import io.lva.asset.LiveAssets;
import io.lva.asset.RecorderOptions;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.FailureReason;
import io.lva.asset.store.StoreFeature;
import io.lva.graph.AssetSink;
import io.lva.graph.NodeSpec;
import io.lva.graph.SignalGate;
import io.lva.graph.Value;
import io.lva.media.GapCause;
import io.lva.spi.MediaAbsence;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import io.lva.spi.NodeStartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Creates asset sinks.
 *
 * <p>Thread-safe.
 */
public final class AssetSinkProvider implements NodeProvider {
  /**
   * A disk with less free space counts as full: this is enough for a few seconds of one camera and
   * the index.
   */
  private static final long LEAST_SPACE_BYTES = 16L << 20;

  private final FileOps files;

  /** Creates the provider. */
  public AssetSinkProvider() {
    this(FileOps.disk());
  }

  /** Creates a provider whose sinks access files through the given operations. */
  AssetSinkProvider(FileOps files) {
    this.files = files;
  }

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphAssetSink";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof AssetSink sink)) {
      throw new IllegalArgumentException("not an asset sink: " + spec.type());
    }
    SharedStores stores = context.shared().get(SharedStores.class, SharedStores::new);
    AssetStore store = context.option(AssetStore.class).orElseGet(() -> store(stores, context));
    RecorderOptions options = options(sink, context);
    SinkPlace place = SinkPlace.of(sink, store, files, options, context);
    Lane lane = lane(place.files(), context);
    SinkServices services =
        new SinkServices(
            place.files(),
            place.opener(),
            store.uri(),
            LiveAssets.of(context.shared()),
            lane,
            context.mediaBudget(),
            options,
            context.metrics(),
            context::publish,
            stores.nextSink());
    Value<String> pattern = sink.assetNamePattern();
    String name = context.resolve(pattern);
    checkName(name);
    Optional<OpenAsset> opened =
        dependsOnTime(pattern) ? Optional.empty() : Optional.of(open(place, store, name));
    return new AssetSinkNode(
        services, () -> context.resolve(pattern), opened, context.loop(), absence(context));
  }

  /**
   * Returns why no media arrives: a problem of the source or, if there is none, the gate in front
   * of the sink, which holds media back while it is closed.
   */
  private static Supplier<Optional<GapCause>> absence(NodeContext context) {
    MediaAbsence source = MediaAbsence.of(context.session());
    Optional<GapCause> gate =
        context.inputs().stream()
            .filter(input -> input.spec() instanceof SignalGate)
            .map(input -> GapCause.GATE_CLOSED)
            .findFirst();
    return () -> source.cause().or(() -> gate);
  }

  /**
   * Returns the options of a sink: the options of the runtime, overridden by those the topology
   * sets for this sink.
   */
  private static RecorderOptions options(AssetSink sink, NodeContext context) {
    return context
        .option(RecorderOptions.class)
        .orElseGet(RecorderOptions::defaults)
        .segmentLength(context.resolve(sink.segmentLength()));
  }

  private static AssetStore store(SharedStores stores, NodeContext context) {
    URI uri = context.assetStore();
    try {
      AssetStore store = stores.open(uri);
      LiveAssets.of(context.shared()).named(uri, store.uri());
      return store;
    } catch (IOException e) {
      // The URI is not repeated: somebody may put a secret there.
      throw new NodeStartException("the asset store cannot be opened: " + FailureReason.of(e), e);
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

  private static OpenAsset open(SinkPlace place, AssetStore store, String name) {
    try {
      return place.opener().open(name);
    } catch (AssetInUseException e) {
      throw new NodeStartException(
          e.getMessage() + "; stop that one or choose another asset name", e);
    } catch (IOException e) {
      throw new NodeStartException(
          "asset "
              + name
              + " in "
              + where(place, store)
              + " cannot be opened: "
              + FailureReason.of(e),
          e);
    }
  }

  private static String where(SinkPlace place, AssetStore store) {
    return store.features().contains(StoreFeature.IN_PLACE)
        ? place.files().root().toString()
        : store.uri().toString();
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
