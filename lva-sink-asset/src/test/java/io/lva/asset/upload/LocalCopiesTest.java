package io.lva.asset.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.FixedClock;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spools that keep copies of what they have published. */
class LocalCopiesTest {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  /** A little more than a segment of four seconds. */
  private static final long SEGMENT = 2300;

  private final FixedClock clock = new FixedClock(START);
  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore spools = new DiskAssetStore(Path.of("/spool"), files);
  private final ObjectsInMemory store = new ObjectsInMemory(clock);
  private final List<SegmentRow> evicted = new ArrayList<>();
  private ManualThreads threads = new ManualThreads();
  private int recorded;

  private final class Listener implements UploadListener {
    @Override
    public void published(SegmentRow row) {}

    @Override
    public void evicted(SegmentRow row) {
      evicted.add(row);
    }

    @Override
    public void superseded(SegmentRow row) {}

    @Override
    public void failed(IOException failure) {}

    @Override
    public void recovered() {}

    @Override
    public void progressed(UploadStatus status) {}
  }

  /** A recorder with its spool and uploader, and what a recording adds. */
  private final class Spool {
    final String name;
    final AssetFolder folder;
    final SpoolUploader uploader;
    final ScriptedRecorder recorder;

    Spool(String name, Instant start, long maximumBytes, LocalCopies copies) throws IOException {
      this.name = name;
      UploadRate rate = new UploadRate(OptionalDouble.empty(), clock);
      UploadPolicy policy = new UploadPolicy("here", maximumBytes, rate, copies, clock);
      folder = AssetFolder.openSpool(spools, name, clock);
      uploader = SpoolUploader.open(folder, store, policy, threads, new Listener());
      recorder = ScriptedRecorder.ofSpool(folder, start, uploader.epoch());
    }

    void segment() throws IOException {
      recorder.segment(8);
      recorded++;
      uploader.wake();
      threads.runAll();
    }

    /** Records a segment, and tells the uploader of it as a recorder does. */
    void appendSegment() throws IOException {
      recorder.segment(8);
      uploader.append(folder.view().index(Utc.day(START)).newest().orElseThrow());
      threads.runAll();
    }

    void finish() {
      uploader.finish(() -> {});
      threads.runAll();
      assertThat(threads.isIdle()).isTrue();
    }

    /** Returns the starts of files that end in a suffix, by name. */
    List<String> starts(String suffix) throws IOException {
      return LocalCopiesTest.this.files(name, suffix).stream()
          .map(file -> file.substring(9, 15))
          .toList();
    }
  }

  private Spool spool(long maximumBytes, long copiesBytes) throws IOException {
    return new Spool("door", START, maximumBytes, LocalCopies.of(spools, copiesBytes));
  }

  private List<String> files(String asset, String suffix) throws IOException {
    List<String> names = new ArrayList<>();
    AssetView spool = new AssetView(spools, asset);
    for (String hour : spool.hours()) {
      spools.list(spool.path(hour)).stream()
          .map(AssetStore.Entry::name)
          .filter(name -> name.endsWith(suffix))
          .forEach(names::add);
    }
    return names;
  }

  private List<SegmentRow> published() throws IOException {
    return new AssetView(store, "door").index(Utc.day(START)).segments();
  }

  @AfterEach
  void storeIsClean() throws IOException {
    for (AssetView asset : AssetView.all(store)) {
      assertThat(AssetVerifier.verify(store, asset.name(), hour -> {}).problems()).isEmpty();
    }
  }

  @Test
  void publish_moreThanTheQuota_newestAreKept() throws IOException {
    Spool spool = spool(Long.MAX_VALUE, 2 * SEGMENT);
    for (int i = 0; i < 4; i++) {
      spool.segment();
    }

    assertThat(spool.starts(".mp4")).isEmpty();
    assertThat(spool.starts(".published")).containsExactly("000008", "000012");
    assertThat(spool.uploader.status().copiesBytes()).isEqualTo(2 * published().get(0).sizeBytes());
    assertThat(spool.uploader.status().backlogBytes()).isZero();
    assertThat(published()).hasSize(4);
    spool.finish();
  }

  @Test
  void publish_severalAssets_oldestOfAllGo() throws IOException {
    LocalCopies copies = LocalCopies.of(spools, 2 * SEGMENT);
    Spool door = new Spool("door", START.plusSeconds(60), Long.MAX_VALUE, copies);
    Spool gate = new Spool("gate", START, Long.MAX_VALUE, copies);
    door.segment();
    gate.segment();
    assertThat(door.starts(".published")).hasSize(1);
    assertThat(gate.starts(".published")).hasSize(1);

    gate.segment();

    assertThat(door.starts(".published")).hasSize(1);
    assertThat(gate.starts(".published")).containsExactly("000004");
    door.finish();
    gate.finish();
  }

  @Test
  void append_cacheIsFull_copiesGoBeforeWhatIsNotUploaded() throws IOException {
    Spool spool = spool(3 * SEGMENT, Long.MAX_VALUE);
    spool.segment();
    spool.segment();
    store.away(true);
    for (int copies = 2; copies >= 0; copies--) {
      spool.appendSegment();
      assertThat(spool.starts(".published")).hasSize(copies);
    }
    assertThat(spool.starts(".mp4")).hasSize(3);
    assertThat(evicted).isEmpty();

    spool.appendSegment();
    assertThat(evicted).hasSize(1);
    store.away(false);
    spool.finish();

    assertThat(published()).hasSize(5);
  }

  @Test
  void of_quotaIsGone_copiesAreDeleted() throws IOException {
    Spool spool = spool(Long.MAX_VALUE, Long.MAX_VALUE);
    spool.segment();
    spool.finish();
    assertThat(LocalCopies.of(spools, SEGMENT).bytes("door")).isPositive();
    assertThat(spool.starts(".published")).hasSize(1);

    assertThat(LocalCopies.of(spools, 0).bytes("door")).isZero();

    assertThat(spool.starts(".published")).isEmpty();
  }

  /** Otherwise a reader would not find the copies while the store is away. */
  @Test
  void publish_daysWithCopies_keepTheirIndex() throws IOException {
    Spool spool = spool(Long.MAX_VALUE, 4 * SEGMENT);
    for (int day = 0; day < 7; day++) {
      spool.recorder.hole(START.plus(Duration.ofDays(day)), GapCause.CAMERA_UNREACHABLE);
      spool.segment();
    }

    assertThat(spool.starts(".published")).hasSize(4);
    assertThat(spool.folder.view().indexDays().keySet())
        .containsExactly(
            Utc.day(START.plus(Duration.ofDays(3))),
            Utc.day(START.plus(Duration.ofDays(4))),
            Utc.day(START.plus(Duration.ofDays(5))),
            Utc.day(START.plus(Duration.ofDays(6))));
    spool.finish();
  }

  /** Three segments, each published at once, with room for copies of two. */
  private void recordAndPublish() throws IOException {
    Spool spool = spool(Long.MAX_VALUE, 2 * SEGMENT);
    for (int i = 0; i < 3; i++) {
      spool.segment();
    }
    spool.finish();
  }

  @Test
  void open_afterKillAtAnyCall_publishesEverythingAndKeepsCopiesOfThat() throws IOException {
    recordAndPublish();
    List<MemoryFiles.Call> calls = files.calls();
    assertThat(calls).hasSizeGreaterThan(100);
    for (MemoryFiles.Call call : calls) {
      LocalCopiesTest fresh = new LocalCopiesTest();
      fresh.killAndGoOn(call);
      fresh.storeIsClean();
    }
  }

  private void killAndGoOn(MemoryFiles.Call last) throws IOException {
    files.fault(
        call ->
            call.number() == last.number()
                ? MemoryFiles.Outcome.powerCut(0)
                : MemoryFiles.Outcome.ALL);
    assertThatThrownBy(this::recordAndPublish).isInstanceOf(MemoryFiles.PowerCut.class);
    files.restartAfterKill();
    threads = new ManualThreads();
    int complete = recorded;
    Spool again =
        new Spool(
            "door", START.plusSeconds(60), Long.MAX_VALUE, LocalCopies.of(spools, 2 * SEGMENT));
    again.segment();
    again.finish();

    assertThat(published()).as("%s", last).hasSizeBetween(complete + 1, complete + 2);
    assertThat(files("door", ".mp4")).as("%s", last).isEmpty();
    List<String> copies = files("door", ".published");
    assertThat(copies).as("%s", last).hasSizeBetween(1, 2);
    assertThat(published().stream().map(LocalCopiesTest::copy))
        .as("%s", last)
        .endsWith(copies.toArray(new String[0]));
  }

  private static String copy(SegmentRow row) {
    return row.file().substring(row.file().lastIndexOf('/') + 1) + ".published";
  }
}
