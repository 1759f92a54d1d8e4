package io.lva.asset.record;

import io.lva.asset.LiveAssets;
import io.lva.asset.RecorderOptions;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.event.GraphEvent;
import io.lva.media.MediaBudget;
import io.lva.spi.Metrics;
import java.net.URI;
import java.util.function.Consumer;

/**
 * What the recordings of one sink use.
 *
 * <p>Thread-safe.
 *
 * @param store where segments are written
 * @param opener opens an asset, which may be the spool of another store
 * @param storeUri the URI by which the runtime knows the store
 * @param live where readers in this process find ongoing recordings
 * @param lane the threads of the store's volume
 * @param budget the memory of all queues
 * @param options the options of the recordings
 * @param metrics receives the counts
 * @param events told what happens
 * @param ordinal number of the sink in the runtime, so that sinks do not all do the same work at
 *     once
 */
record SinkServices(
    DiskAssetStore store,
    OpenAsset.Opener opener,
    URI storeUri,
    LiveAssets live,
    Lane lane,
    MediaBudget budget,
    RecorderOptions options,
    Metrics metrics,
    Consumer<GraphEvent> events,
    int ordinal) {}
