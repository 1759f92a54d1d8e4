package io.lva.asset.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.archive.StoredAsset;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.Utc;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.verify.AssetReport.Problem;
import io.lva.asset.verify.AssetVerifier;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Segments that are published while they are written. */
class GrowingSegmentTest {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant END = START.plusSeconds(3600);
  private static final Duration INTERVAL = Duration.ofSeconds(4);

  private final StepClock clock = new StepClock();
  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore spools = new DiskAssetStore(Path.of("/spool"), files);
  private final ObjectsInMemory store = new ObjectsInMemory(clock);
  private final List<SegmentRow> evicted = new ArrayList<>();
  private final List<SegmentRow> superseded = new ArrayList<>();
  private final List<SegmentRow> playable = new ArrayList<>();
  private ManualThreads threads = new ManualThreads();
  private Instant recorded = START;

  /** Moves with what is recorded. */
  private static final class StepClock implements Clock {
    private Duration passed = Duration.ZERO;

    @Override
    public long nanoTime() {
      return passed.toNanos();
    }

    @Override
    public long utcNanos() {
      return Utc.nanos(START) + nanoTime();
    }
  }

  private final class Listener implements UploadListener {
    @Override
    public void published(SegmentRow row) {}

    @Override
    public void evicted(SegmentRow row) {
      evicted.add(row);
    }

    @Override
    public void superseded(SegmentRow row) {
      superseded.add(row);
    }

    @Override
    public void failed(IOException failure) {}

    @Override
    public void recovered() {}

    @Override
    public void progressed(UploadStatus status) {}
  }

  /** A recorder that publishes every four seconds. */
  private final class Spool {
    final AssetFolder folder;
    final SpoolUploader uploader;
    final ScriptedRecorder recorder;

    Spool(Instant start, long maximumBytes) throws IOException {
      UploadRate rate = new UploadRate(OptionalDouble.empty(), clock);
      LocalCopies copies = LocalCopies.of(spools, 0);
      UploadPolicy policy =
          new UploadPolicy("here", maximumBytes, rate, copies, Optional.of(INTERVAL), clock);
      folder = AssetFolder.openSpool(spools, "door", clock);
      uploader = SpoolUploader.open(folder, store, policy, threads, new Listener());
      uploader.whenPublished(playable::add);
      recorder = ScriptedRecorder.ofSpool(folder, start, uploader.epoch());
    }

    /** Records some parts of half a second each; every second of them is noted. */
    void parts(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        recorder.part(parts++ % 4 == 0, Optional.empty());
        clock.passed = clock.passed.plusMillis(500);
        if (parts % 2 == 0 && parts > 4) {
          uploader.grew(recorder.written());
          threads.runAll();
        }
      }
    }

    private int parts;

    void complete() throws IOException {
      recorder.closeSegment();
      parts = 0;
      uploader.append(folder.view().index(Utc.day(START)).newest().orElseThrow());
      threads.runAll();
      recorded = recorder.now();
    }

    void finish() {
      uploader.finish(() -> {});
      threads.runAll();
      assertThat(threads.isIdle()).isTrue();
    }
  }

  private Spool spool() throws IOException {
    return new Spool(START, Long.MAX_VALUE);
  }

  private static TimeRange range(int startSecond, int endSecond) {
    return new TimeRange(START.plusSeconds(startSecond), START.plusSeconds(endSecond));
  }

  /** Returns what a reader elsewhere can play now. */
  private List<TimeRange> played() throws IOException {
    try (AssetReader reader = AssetReader.open(store, "door")) {
      for (Fragment fragment : reader.fragments(START, END, 1)) {
        reader.init(fragment);
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      }
      return reader.ranges(START, END);
    }
  }

  private void check() throws IOException {
    assertThat(AssetVerifier.verify(store, "door", hour -> {}).problems()).isEmpty();
  }

  private List<String> segments() throws IOException {
    List<String> names = new ArrayList<>();
    AssetView view = new AssetView(store, "door");
    for (String hour : view.hours()) {
      store.list(view.path(hour)).stream().map(AssetStore.Entry::name).forEach(names::add);
    }
    return names;
  }

  @Test
  void grew_everyInterval_readersElsewhereSeeWhatIsComplete() throws IOException {
    Spool spool = spool();
    spool.parts(7);
    assertThat(segments()).isEmpty();

    spool.parts(2);
    assertThat(played()).containsExactly(range(0, 2));
    check();

    spool.parts(6);
    assertThat(played()).containsExactly(range(0, 2));
    spool.parts(1);
    assertThat(played()).containsExactly(range(0, 6));
    assertThat(playable).extracting(SegmentRow::end).endsWith(START.plusSeconds(6));
    check();

    spool.parts(4);
    spool.complete();
    assertThat(played()).containsExactly(range(0, 10));
    assertThat(segments()).hasSize(1);
    check();
    spool.finish();
    check();
  }

  @Test
  void grew_segmentIsComplete_isIgnored() throws IOException {
    Spool spool = spool();
    spool.parts(9);
    SegmentRow late = spool.recorder.written();
    spool.complete();
    clock.passed = clock.passed.plus(INTERVAL);
    spool.uploader.grew(late);
    threads.runAll();

    assertThat(played().get(0).end()).isEqualTo(recorded);
    spool.finish();
    check();
  }

  @Test
  void grew_answerIsLost_goesOnFromWhatIsThere() throws IOException {
    Spool spool = spool();
    store.loseNextAnswer();
    spool.parts(9);
    assertThat(played()).isEmpty();
    threads.passToNext();
    assertThat(played()).containsExactly(range(0, 2));

    store.loseNextAnswer();
    spool.complete();
    threads.passToNext();
    assertThat(played().get(0).end()).isEqualTo(recorded);
    spool.finish();
    check();
  }

  @Test
  void grew_storeIsAway_segmentIsPublishedAfterwards() throws IOException {
    Spool spool = spool();
    spool.parts(9);
    store.away(true);
    spool.parts(10);
    spool.complete();
    spool.parts(9);
    store.away(false);
    threads.passToNext();

    assertThat(played().get(0).end()).isEqualTo(recorded);
    assertThat(segments()).hasSize(1);

    spool.parts(9);
    assertThat(played().get(0).end()).isEqualTo(recorded.plusSeconds(8));
    spool.complete();
    spool.finish();
    check();
  }

  /** Such a recording has no epoch until the store is back. */
  @Test
  void grew_recordingBeganWhileStoreWasAway_isPublishedWithTheEpochOfTheLock() throws IOException {
    store.away(true);
    Spool spool = spool();
    assertThat(spool.uploader.epoch()).isZero();
    spool.parts(9);
    store.away(false);
    threads.passToNext();
    assertThat(played()).containsExactly(range(0, 2));
    spool.parts(8);
    spool.complete();
    spool.finish();

    assertThat(played().get(0).end()).isEqualTo(recorded);
    assertThat(new AssetView(store, "door").index(Utc.day(START)).segments())
        .extracting(SegmentRow::epoch)
        .containsExactly(1L);
    check();
  }

  /** The store may have more of it than its tombstone would say. */
  @Test
  void append_cacheIsFull_segmentThatHasGrownStays() throws IOException {
    Spool spool = new Spool(START, 1);
    spool.parts(9);
    store.away(true);
    spool.complete();
    assertThat(evicted).isEmpty();
    spool.uploader.abandon();
    threads.runAll();

    Spool again = new Spool(START.plusSeconds(20), 1);
    again.parts(8);
    again.complete();
    assertThat(evicted).extracting(SegmentRow::start).containsExactly(START.plusSeconds(20));
    store.away(false);
    again.finish();

    assertThat(played().get(0).end()).isEqualTo(START.plusMillis(4500));
    check();
  }

  /** Whoever takes over has what was published; the rest does not count. */
  @Test
  void open_anotherRecorderTakesOver_beginningStaysAndIsExtendedNoMore() throws IOException {
    Spool spool = spool();
    spool.parts(9);
    SegmentRow late = spool.recorder.written();
    String name = "door/" + late.file();
    StoredDocument known = store.read(name, Integer.MAX_VALUE);
    takeOver();

    StoredFile more = spools.open(name + ".part");
    assertThat(store.extendIf(name, more, known.version())).isEmpty();
    spool.parts(9);
    spool.complete();
    spool.finish();
    new Spool(START.plusSeconds(60), Long.MAX_VALUE).finish();

    assertThat(superseded).extracting(SegmentRow::start).containsExactly(START);
    assertThat(store.read(name, Integer.MAX_VALUE).content()).isEqualTo(known.content());
    // All of the file is indexed: more than what was complete when it was published.
    assertThat(played()).containsExactly(range(0, 4));
    check();
  }

  private void takeOver() throws IOException {
    assertThatThrownBy(() -> StoredAsset.open(store, "door", "somebody else", clock))
        .isInstanceOf(IOException.class);
    clock.passed = clock.passed.plus(ObjectsInMemory.DEFAULT_LEASE);
    StoredAsset.open(store, "door", "somebody else", clock).close();
  }

  @Test
  void verify_recorderIsGone_saysWhatARepairDoes() throws IOException {
    Spool spool = spool();
    spool.parts(9);
    spool.uploader.abandon();
    threads.runAll();
    assertThat(AssetVerifier.verify(store, "door", hour -> {}).problems())
        .extracting(Problem::what)
        .containsExactly(
            "is longer than the index says; the next recording or a repair completes its row");

    assertThat(AssetVerifier.repair(store, "door", hour -> {}).problems()).isEmpty();
    assertThat(played()).containsExactly(range(0, 4));
  }

  /** A file of the cache that somebody cut: the store has more of it. */
  @Test
  void append_fileWasCut_whatTheStoreHasCounts() throws IOException {
    Spool spool = spool();
    spool.parts(17);
    SegmentRow row = spool.recorder.written();
    spool.uploader.abandon();
    threads.runAll();
    cut(row);

    Spool again = new Spool(START.plusSeconds(20), Long.MAX_VALUE);
    again.parts(8);
    again.complete();
    again.finish();

    assertThat(played().get(0)).isEqualTo(range(0, 8));
    check();
  }

  @Test
  void append_fileWasCutWhileItWasRecorded_whatTheStoreHasCounts() throws IOException {
    Spool spool = spool();
    spool.parts(17);
    SegmentRow row = spool.recorder.written();
    cut(row);
    for (IndexRow left : spool.folder.recover(row.file())) {
      spool.uploader.append(left);
    }
    spool.finish();

    assertThat(played()).containsExactly(range(0, 8));
    check();
  }

  private void cut(SegmentRow row) throws IOException {
    Path part = spools.path("door/" + row.file() + ".part");
    try (var file = files.openForAppend(part)) {
      file.truncate(row.tracks().get(0).fragments().offset(1) + 1);
    }
  }

  private void recordAndPublish() throws IOException {
    Spool spool = spool();
    spool.parts(18);
    spool.complete();
    spool.parts(9);
    spool.complete();
    spool.finish();
  }

  @Test
  void open_afterKillAtAnyCall_nothingIsLost() throws IOException {
    recordAndPublish();
    List<MemoryFiles.Call> calls = files.calls();
    assertThat(calls).hasSizeGreaterThan(100);
    for (MemoryFiles.Call call : calls) {
      new GrowingSegmentTest().killAndGoOn(call);
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
    List<TimeRange> before =
        recorded.equals(START) ? List.of() : List.of(new TimeRange(START, recorded));
    Spool again = new Spool(START.plusSeconds(60), Long.MAX_VALUE);
    again.parts(9);
    again.complete();
    again.finish();

    List<TimeRange> ranges = played();
    assertThat(ranges.size()).as("%s", last).isBetween(before.size() + 1, 2);
    if (!before.isEmpty()) {
      assertThat(ranges.get(0).start()).as("%s", last).isEqualTo(START);
      assertThat(ranges.get(0).end()).as("%s", last).isAfterOrEqualTo(before.get(0).end());
    }
    check();
  }
}
