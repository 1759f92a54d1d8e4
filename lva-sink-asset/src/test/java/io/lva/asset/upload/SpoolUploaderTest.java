package io.lva.asset.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.FixedClock;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Utc;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Spools that are published to a store, and what another recorder does there meanwhile. */
class SpoolUploaderTest {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final String NOTES = "upload.json.tmp";

  private final FixedClock clock = new FixedClock(START);
  private final MemoryFiles spoolFiles = new MemoryFiles();
  private final MemoryFiles storeFiles = new MemoryFiles();
  private final DiskAssetStore spools = new DiskAssetStore(Path.of("/spool"), spoolFiles);
  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), storeFiles);
  private final AssetView view = new AssetView(store, "door");
  private final ManualThreads threads = new ManualThreads();
  private final List<SegmentRow> superseded = new ArrayList<>();
  private final List<SegmentRow> evicted = new ArrayList<>();

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

  private AssetFolder openSpool() throws IOException {
    return AssetFolder.openSpool(spools, "door", clock);
  }

  private SpoolUploader uploader(AssetFolder spool, long maximumBytes) throws IOException {
    UploadRate rate = new UploadRate(OptionalDouble.empty(), clock);
    UploadPolicy policy =
        new UploadPolicy("here", maximumBytes, rate, LocalCopies.of(spools, 0), clock);
    return SpoolUploader.open(spool, store, policy, threads, new Listener());
  }

  private SpoolUploader uploader(AssetFolder spool) throws IOException {
    return uploader(spool, Long.MAX_VALUE);
  }

  /** Makes the store fail until it is told otherwise. */
  private void storeIsAway(boolean away) {
    storeFiles.fault(
        call -> away ? MemoryFiles.Outcome.fail(0, "the store is away") : MemoryFiles.Outcome.ALL);
  }

  private void finish(SpoolUploader uploader) {
    uploader.finish(() -> {});
    threads.runAll();
    assertThat(threads.isIdle()).isTrue();
  }

  private void giveUp(SpoolUploader uploader) {
    uploader.abandon();
    threads.runAll();
  }

  /** Another host records four seconds, and stops. */
  private void takeOver(int second) throws IOException {
    AssetFolder folder = AssetFolder.open(store, "door", clock);
    try (ScriptedRecorder other = new ScriptedRecorder(folder, START.plusSeconds(second), false)) {
      other.segment(8);
      other.stop();
    }
  }

  private DayIndex published() throws IOException {
    return view.index(Utc.day(START));
  }

  private void check() throws IOException {
    AssetStore checked = view.store();
    assertThat(AssetVerifier.verify(checked, "door", hour -> {}).problems()).isEmpty();
  }

  /** Epochs of the store are higher than locks of the spool where other hosts have recorded. */
  @Test
  void open_gapIsOpenInPublishedSpool_thatGapGoesOn() throws IOException {
    for (int i = 0; i < 4; i++) {
      takeOver(20 * i);
    }
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    assertThat(uploader.epoch()).isEqualTo(5);
    assertThat(spool.epoch()).isEqualTo(1);
    ScriptedRecorder recorder =
        ScriptedRecorder.ofSpool(spool, START.plusSeconds(100), uploader.epoch());
    recorder.segment(8);
    Gap away = Gap.open("away", recorder.now(), GapOrigin.SOURCE, GapCause.CAMERA_UNREACHABLE);
    uploader.append(new GapOpenRow(away));
    finish(uploader);

    AssetFolder again = openSpool();
    assertThat(again.recovered().openGaps()).containsExactly(away);
    again.settle();

    assertThat(again.recovered().openGaps())
        .containsExactly(away.because(GapCause.PROCESS_STOPPED));
    again.close();
  }

  @Test
  void open_segmentWasEvicted_itsTombstoneIsRemembered() throws IOException {
    for (int i = 0; i < 4; i++) {
      takeOver(20 * i);
    }
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    ScriptedRecorder recorder =
        ScriptedRecorder.ofSpool(spool, START.plusSeconds(100), uploader.epoch());
    recorder.segment(8);
    recorder.segment(8);
    giveUp(uploader);

    AssetFolder again = openSpool();
    SpoolUploader next = uploader(again, 1);
    next.append(open("later", START.plusSeconds(110)));
    assertThat(evicted).hasSize(2);
    assertThat(again.view().index(Utc.day(START)).tombstones()).hasSize(2);
    giveUp(next);
  }

  private static GapOpenRow open(String id, Instant start) {
    return new GapOpenRow(Gap.open(id, start, GapOrigin.SOURCE, GapCause.NO_MEDIA));
  }

  /** The killed recorder had gone on after another one took over, with a hole in its media. */
  @Test
  void open_supersededRecordingWasKilled_itsGapsAreNotPublished() throws IOException {
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    ScriptedRecorder recorder = ScriptedRecorder.ofSpool(spool, START, uploader.epoch());
    recorder.segment(8);
    uploader.wake();
    threads.runAll();
    storeFiles.restartAfterKill();
    takeOver(6);
    recorder.part(true, Optional.empty());
    recorder.bridge(2 * ScriptedRecorder.VIDEO, GapCause.PACKET_LOSS);
    spoolFiles.restartAfterKill();

    AssetFolder again = openSpool();
    assertThat(again.recovered().addedRows()).isEqualTo(2);
    SpoolUploader next = uploader(again);
    assertThat(next.isSpoolNewest()).isFalse();
    finish(next);

    assertThat(superseded).hasSize(1);
    assertThat(published().segments()).hasSize(2);
    assertThat(published().gaps())
        .flatExtracting(row -> row.gap().causes())
        .doesNotContain(GapCause.PACKET_LOSS);
    check();
  }

  /** The spool is full before it can be known that a part of it counts no more. */
  @Test
  void append_spoolIsFullOfASupersededRecording_itsTombstonesAreNotPublished() throws IOException {
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    ScriptedRecorder.ofSpool(spool, START, uploader.epoch()).segment(8);
    giveUp(uploader);
    takeOver(2);
    storeIsAway(true);
    AssetFolder again = openSpool();
    SpoolUploader next = uploader(again, 1);
    next.append(open("later", START.plusSeconds(10)));
    assertThat(evicted).hasSize(1);
    assertThat(again.view().index(Utc.day(START)).tombstones()).hasSize(1);
    storeIsAway(false);
    finish(next);

    assertThat(published().segments()).hasSize(1);
    assertThat(published().tombstones()).isEmpty();
  }

  /** The first outage has an epoch that was superseded since; the second must not get it. */
  @Test
  void open_epochOfTheLockCannotBeNoted_recordingHasThatOfTheNext() throws IOException {
    storeIsAway(true);
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    ScriptedRecorder.ofSpool(spool, START, uploader.epoch()).segment(8);
    storeIsAway(false);
    finish(uploader);
    assertThat(published().segments()).extracting(SegmentRow::epoch).containsExactly(1L);
    takeOver(20);

    AssetFolder again = openSpool();
    spoolFiles.fault(
        call ->
            spoolFiles.calls().stream().filter(SpoolUploaderTest::isNote).count() == 1
                    && isNote(call)
                ? MemoryFiles.Outcome.fail(0, "the disk is full")
                : MemoryFiles.Outcome.ALL);
    SpoolUploader next = uploader(again);
    assertThat(next.epoch()).isZero();
    assertThat(next.history()).isEmpty();
    assertThat(view.isInUse()).isFalse();
    ScriptedRecorder.ofSpool(again, START.plusSeconds(40), next.epoch()).segment(8);
    finish(next);

    assertThat(superseded).isEmpty();
    assertThat(published().segments()).extracting(SegmentRow::epoch).containsExactly(1L, 2L, 4L);
  }

  private static boolean isNote(MemoryFiles.Call call) {
    return call.operation().equals("create") && call.path().endsWith(NOTES);
  }

  /** A segment whose publishing could not be noted is published again, then deleted. */
  @Test
  void publish_positionCannotBeNoted_isRepeated() throws IOException {
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    ScriptedRecorder.ofSpool(spool, START, uploader.epoch()).segment(8);
    spoolFiles.fault(
        call ->
            isNote(call)
                ? MemoryFiles.Outcome.fail(0, "the disk is full")
                : MemoryFiles.Outcome.ALL);
    uploader.wake();
    threads.runAll();
    assertThat(uploader.status().backlogBytes()).isPositive();
    spoolFiles.fault(call -> MemoryFiles.Outcome.ALL);
    threads.passToNext();

    assertThat(uploader.status().backlogBytes()).isZero();
    assertThat(spool.view().segments(spool.view().hours().get(0))).isEmpty();
    assertThat(published().segments()).hasSize(1);
    finish(uploader);
  }

  /** A group of pictures that lasts longer than a fragment may. */
  @Test
  void publish_longGroupRecordedWhileTheStoreWasAway_rowIsThatOfTheFile() throws IOException {
    storeIsAway(true);
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    ScriptedRecorder recorder = ScriptedRecorder.ofSpool(spool, START, uploader.epoch());
    for (int i = 0; i < 20; i++) {
      recorder.part(i == 0, Optional.empty());
    }
    recorder.closeSegment();
    storeIsAway(false);
    finish(uploader);

    Fragments fragments = published().segments().get(0).master().fragments();
    assertThat(fragments.count()).isEqualTo(2);
    assertThat(fragments.isDependent(1)).isTrue();
    check();
  }

  /** The gap that another host left open ends where media goes on. */
  @Test
  void publish_rowsAreRefusedOnce_openGapsOfTheStoreAreClosed() throws IOException {
    takeOver(0);
    storeIsAway(true);
    AssetFolder spool = openSpool();
    SpoolUploader uploader = uploader(spool);
    ScriptedRecorder.ofSpool(spool, START.plusSeconds(20), uploader.epoch()).segment(8);
    storeFiles.fault(
        call ->
            isRow(call) && rowsAfterMedia() == 1
                ? MemoryFiles.Outcome.fail(0, "the store is busy")
                : MemoryFiles.Outcome.ALL);
    uploader.wake();
    threads.runAll();
    assertThat(published().segments()).hasSize(1);
    threads.passToNext();
    finish(uploader);

    assertThat(published().segments()).hasSize(2);
    assertThat(published().gaps())
        .extracting(row -> row.gap().end())
        .containsExactly(Optional.of(START.plusSeconds(20)));
    check();
  }

  private long rowsAfterMedia() {
    return storeFiles.calls().stream()
        .dropWhile(call -> !call.path().toString().endsWith(".mp4"))
        .filter(SpoolUploaderTest::isRow)
        .count();
  }

  private static boolean isRow(MemoryFiles.Call call) {
    return call.operation().equals("append") && call.path().toString().contains("/index/");
  }
}
