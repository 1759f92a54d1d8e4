package io.lva.asset.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lva.asset.archive.MemoryFiles.Outcome;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.index.SegmentName;
import io.lva.asset.store.StoredFile;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.asset.verify.AssetReport.Problem;
import io.lva.asset.verify.AssetVerifier;
import io.lva.fmp4.FileItem;
import io.lva.fmp4.FragmentedReader;
import io.lva.fmp4.Mp4Exception;
import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that was being written is damaged in the middle: what lies behind is played. */
class DamagedPartTest {
  private static final Instant START = Instant.parse("2026-11-22T10:59:50Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), files);
  private final AssetView view = new AssetView(store, "door");
  private String part = "";
  private byte[] content = new byte[0];

  /** Sixteen seconds over an hour, in one file; a sync sample every 2 s, two parts a second. */
  @BeforeEach
  void record() throws IOException {
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, true)) {
      for (int i = 0; i < 32; i++) {
        recorder.part(i % 4 == 0, Optional.empty());
      }
      part = SegmentName.partPath(START, recorder.run(), 0);
      content = IndexFiles.readAll(store, view.path(part), 1 << 20);
    }
  }

  private AssetFolder open() throws IOException {
    return AssetFolder.open(store, "door", new FixedClock(START));
  }

  /** The video parts of the file. */
  private List<FileItem.Part> video() throws IOException, Mp4Exception {
    List<FileItem.Part> parts = new ArrayList<>();
    try (StoredFile file = store.open(view.path(part))) {
      FragmentedReader reader = new FragmentedReader(file);
      for (Optional<FileItem> item = reader.next(); item.isPresent(); item = reader.next()) {
        if (item.get() instanceof FileItem.Part found && found.trackId() == 1) {
          parts.add(found);
        }
      }
    }
    assertThat(parts).hasSize(32);
    return parts;
  }

  private void damage(long from, long to) throws IOException {
    byte[] damaged = content.clone();
    Arrays.fill(damaged, (int) from, (int) to, (byte) 0);
    StoreEdits.write(store, view.path(part), ByteBuffer.wrap(damaged));
  }

  private String name() {
    return part.substring(0, part.length() - SegmentName.PART_SUFFIX.length());
  }

  private AssetReport recover() throws IOException {
    open().close();
    AssetReport report = AssetVerifier.verify(view.store(), view.folder(), hour -> {});
    assertThat(AssetVerifier.repair(view.store(), view.folder(), hour -> {})).isEqualTo(report);
    return report;
  }

  private void assertLost(AssetReport report, double fromSeconds, double toSeconds) {
    Instant from = START.plusMillis((long) (fromSeconds * 1000));
    Instant to = START.plusMillis((long) (toSeconds * 1000));
    assertThat(report.gaps())
        .filteredOn(gap -> gap.causes().contains(GapCause.STORAGE_ERROR))
        .extracting(GapReport::start, GapReport::end)
        .contains(tuple(from, Optional.of(to)));
    assertThat(report.runs()).anySatisfy(run -> assertThat(run.start()).isEqualTo(to));
    assertThat(report.runs().get(report.runs().size() - 1).end()).isEqualTo(START.plusSeconds(16));
    assertThat(report.problems())
        .extracting(Problem::file, Problem::what)
        .containsExactly(
            tuple(
                name() + ".damaged", "is kept of a damaged segment: look at it and take it away"));
  }

  @Test
  void open_headerInTheMiddleDamaged_goesOnAtTheNextSyncSample() throws Exception {
    List<FileItem.Part> video = video();
    damage(video.get(9).offset(), video.get(9).offset() + 20);
    AssetReport report = recover();
    assertLost(report, 4.5, 6);
    assertThat(report.runs()).hasSize(2);
    byte[] kept = IndexFiles.readAll(store, view.path(name() + ".damaged"), 1 << 20);
    assertThat(kept).hasSize((int) (video.get(12).offset() - video.get(9).offset()));
  }

  @Test
  void open_damagedOverTheHour_findsTheRestInTheNextFolder() throws Exception {
    List<FileItem.Part> video = video();
    damage(video.get(17).offset() + 30, video.get(19).end());
    assertLost(recover(), 8.5, 10);
    assertThat(view.segments("2026/11/22/11")).hasSize(1);
  }

  @Test
  void open_twoPlacesDamaged_threeRuns() throws Exception {
    List<FileItem.Part> video = video();
    byte[] whole = content;
    Arrays.fill(whole, (int) video.get(5).offset(), (int) video.get(5).offset() + 8, (byte) 0xff);
    damage(video.get(14).offset(), video.get(15).end());
    AssetReport report = recover();
    assertThat(report.runs()).hasSize(3);
    assertThat(report.gaps()).filteredOn(gap -> gap.end().isPresent()).hasSize(2);
    assertThat(report.problems()).hasSize(2).allMatch(found -> found.file().endsWith(".damaged"));
  }

  @Test
  void open_firstPartDamaged_keepsTheWholeFileAndTheRest() throws Exception {
    FileItem.Part first = video().get(0);
    damage(first.offset(), first.offset() + 12);
    assertLost(recover(), 0, 2);
    assertThat(IndexFiles.readAll(store, view.path(name() + ".damaged"), 1 << 20))
        .hasSameSizeAs(content);
  }

  @Test
  void open_noSyncSampleFollows_keepsTheDamagedBytes() throws Exception {
    List<FileItem.Part> video = video();
    damage(video.get(29).offset(), video.get(29).offset() + 8);
    AssetReport report = recover();
    assertThat(report.runs()).hasSize(1);
    assertThat(report.runs().get(0).end()).isEqualTo(START.plusMillis(14_500));
    assertThat(IndexFiles.readAll(store, view.path(name() + ".damaged"), 1 << 20))
        .hasSize((int) (content.length - video.get(29).offset()));
  }

  @Test
  void open_timeGoesBack_isDamageToo() throws Exception {
    FileItem.Part ninth = video().get(9);
    byte[] bytes = content.clone();
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int tfdt = text.indexOf("tfdt", (int) ninth.offset());
    Arrays.fill(bytes, tfdt + 8, tfdt + 16, (byte) 0);
    StoreEdits.write(store, view.path(part), ByteBuffer.wrap(bytes));
    assertLost(recover(), 4.5, 6);
  }

  @Test
  void open_killedAtAnyCall_isTheSameInTheEnd() throws Exception {
    FileItem.Part ninth = video().get(9);
    int killed = 0;
    boolean whole = false;
    while (!whole) {
      DamagedPartTest fresh = new DamagedPartTest();
      fresh.record();
      fresh.damage(ninth.offset(), ninth.offset() + 20);
      int last = fresh.files.calls().size() + killed;
      fresh.files.fault(call -> call.number() == last ? Outcome.powerCut(0) : Outcome.ALL);
      try {
        fresh.open().close();
        fresh.files.fault(call -> Outcome.ALL);
        whole = true;
      } catch (MemoryFiles.PowerCut e) {
        fresh.files.restartAfterKill();
        killed++;
      }
      AssetReport report = fresh.recover();
      assertThat(report.segments()).as("killed at call %s", killed).isEqualTo(2);
      fresh.assertLost(report, 4.5, 6);
    }
    assertThat(killed).isGreaterThan(40);
  }

  @Test
  void open_anyDamage_losesNothingElseAndRepairsToTheSame() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 150; i++) {
      DamagedPartTest fresh = new DamagedPartTest();
      fresh.record();
      int from = random.nextInt(content.length);
      fresh.damage(from, Math.min(content.length, from + 1 + random.nextInt(2000)));
      AssetReport report = fresh.recover();
      assertThat(report.problems())
          .as("damage %s at %s", i, from)
          .allMatch(found -> found.file().endsWith(".damaged"));
      try (ScriptedRecorder recorder =
          new ScriptedRecorder(fresh.open(), START.plusSeconds(60), true)) {
        recorder.segment(4);
      }
      assertThat(fresh.view.index(DAY).segments()).isNotEmpty();
    }
  }
}
