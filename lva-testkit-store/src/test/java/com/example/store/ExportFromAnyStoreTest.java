package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.Stretch;
import io.lva.asset.export.AssetExport;
import io.lva.asset.export.AssetExporter;
import io.lva.asset.store.AssetStore;
import io.lva.fmp4.ByteSource;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports from a store of 20 ms per call: the calls are counted. */
class ExportFromAnyStoreTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final int FEW = 8;
  private static final int HEADS_BYTES = 256 << 10;

  @TempDir private Path cache;

  private final SlowStore store = new SlowStore();

  private void record(Camera camera, int seconds) {
    try (MediaRuntime runtime =
        MediaRuntime.builder().nodes(camera).option(AssetStore.class, store).start()) {
      var graph = GraphTopology.builder("ToTheCloud");
      graph
          .source("rtspSource", RtspSource.at("rtsp://127.0.0.1/main"))
          .video()
          .to(
              "sink",
              AssetSink.named("door")
                  .segmentLength(Duration.ofSeconds(30))
                  .localCache(cache.toString(), 100));
      GraphInstance instance = runtime.instance("camera1", graph.build(), values -> {});
      instance.activate();
      camera.seconds(seconds);
      instance.deactivate(Duration.ofSeconds(30));
    }
  }

  /** The media of fragments, as one read per fragment has it; and how many parts it came in. */
  private static int media(AssetReader reader, List<Fragment> fragments, ByteArrayOutputStream out)
      throws Exception {
    int parts = 0;
    for (Fragment fragment : fragments) {
      ByteBuffer bytes = reader.read(fragment);
      FragmentedReader items =
          new FragmentedReader(ByteSource.of(bytes), reader.init(fragment), /* position= */ 0);
      for (Optional<FileItem> item = items.next(); item.isPresent(); item = items.next()) {
        if (item.get() instanceof FileItem.Part part) {
          byte[] media = new byte[(int) (part.end() - part.mediaOffset())];
          bytes.get((int) part.mediaOffset(), media);
          out.write(media);
          parts++;
        }
      }
    }
    return parts;
  }

  private static byte[] tail(byte[] file, int length) {
    return Arrays.copyOfRange(file, file.length - length, file.length);
  }

  @Test
  void export_manyFragmentsOfManyParts_costsFewerCallsThanFragments() throws Exception {
    record(new Camera(START), 64);
    try (AssetReader reader = AssetReader.open(store, "door")) {
      List<Fragment> fragments = reader.fragments(START, START.plusSeconds(64), 1);
      ByteArrayOutputStream media = new ByteArrayOutputStream();
      int parts = media(reader, fragments, media);
      assertThat(fragments).hasSize(32);
      assertThat(parts).isGreaterThanOrEqualTo(3 * fragments.size());
      int before = store.calls.get();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      try (AssetExport export = AssetExporter.export(reader, START, START.plusSeconds(64))) {
        export.writeTo(Channels.newChannel(file), (written, total) -> {});
      }
      int calls = store.calls.get() - before;
      System.getLogger(ExportFromAnyStoreTest.class.getName())
          .log(System.Logger.Level.INFO, calls + " calls for " + parts + " parts");
      assertThat(calls).isLessThanOrEqualTo(fragments.size() / 2 + FEW);
      assertThat(tail(file.toByteArray(), media.size())).isEqualTo(media.toByteArray());
    }
  }

  /** The index has no sizes of samples: what is read to lay out an export is kept for it. */
  @Test
  void export_smallFragments_areReadOnce() throws Exception {
    record(new Camera(START), 64);
    try (AssetReader reader = AssetReader.open(store, "door")) {
      List<Fragment> fragments = reader.fragments(START, START.plusSeconds(64), 1);
      long stored = fragments.stream().mapToLong(Fragment::lengthBytes).sum();
      long before = store.readBytes.get();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      try (AssetExport export = AssetExporter.export(reader, START, START.plusSeconds(64))) {
        export.writeTo(Channels.newChannel(file), (written, total) -> {});
      }
      assertThat(stored).isBetween(4L << 20, 32L << 20);
      assertThat(store.readBytes.get() - before).isLessThan(stored + HEADS_BYTES);
    }
    try (Playback playback = Playback.open(store)) {
      String range = "startTime=2026-11-22T10:00:00Z,endTime=2026-11-22T10:01:00Z";
      Request request = Request.get("/door/content.ism/export(" + range + ").mp4");
      long before = store.readBytes.get();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      playback.handle(request).toCompletableFuture().join().body().writeTo(file);
      assertThat(file.size()).isGreaterThan(4 << 20);
      assertThat(store.readBytes.get() - before).isLessThan(file.size() * 5L / 4);
    }
  }

  /** Between the headers of large parts there is nothing that laying out reads on purpose. */
  @Test
  void export_fragmentsOfManyWindows_takesAWindowOfMemory() throws Exception {
    record(new Camera(START, 6 << 20), 8);
    try (AssetReader reader = AssetReader.open(store, "door")) {
      List<Fragment> fragments = reader.fragments(START, START.plusSeconds(8), 1);
      ByteArrayOutputStream media = new ByteArrayOutputStream();
      media(reader, fragments, media);
      store.largestRead.set(0);
      int before = store.calls.get();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      try (AssetExport export = AssetExporter.export(reader, START, START.plusSeconds(8))) {
        export.writeTo(Channels.newChannel(file), (written, total) -> {});
      }
      int windows = media.size() / Stretch.WINDOW_BYTES + 1;
      assertThat(store.calls.get() - before).isLessThanOrEqualTo(2 * windows + FEW);
      assertThat(store.largestRead).hasValue(Stretch.WINDOW_BYTES);
      assertThat(tail(file.toByteArray(), media.size())).isEqualTo(media.toByteArray());
    }
  }
}
