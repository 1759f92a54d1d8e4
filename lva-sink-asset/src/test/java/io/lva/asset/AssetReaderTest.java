package io.lva.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.archive.StoreEdits;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TimeRange;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.store.StoredFile;
import io.lva.fmp4.Mp4Exception;
import io.lva.fmp4.TfdtPatch;
import io.lva.media.GapCause;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssetReaderTest {
  private static final Instant START = Instant.parse("2026-11-22T23:59:50Z");
  private static final String ASSET = "camera/1";

  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), files);
  private long nanoTime;
  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          nanoTime += 1_000_000_000;
          return nanoTime;
        }

        @Override
        public long utcNanos() {
          return Utc.nanos(START);
        }
      };

  private ScriptedRecorder record(Instant start) throws IOException {
    return new ScriptedRecorder(AssetFolder.open(store, ASSET, clock), start, true);
  }

  private AssetReader reader() {
    AssetView view = new AssetView(store, AssetLayout.folderName(ASSET));
    return AssetReader.open(List.of(view), LiveAssets.empty(), Optional.empty(), clock);
  }

  @Test
  void sections_holeAndMidnight_areTwoStretchesWithoutHole() throws IOException {
    try (ScriptedRecorder recorder = record(START);
        AssetReader reader = reader()) {
      recorder.segment(16);
      recorder.segment(8);
      recorder.hole(START.plusSeconds(60), GapCause.CAMERA_UNREACHABLE);
      recorder.segment(8);
      recorder.stop();

      List<RunSection> sections = reader.sections(START, START.plusSeconds(3600));

      assertThat(sections).hasSize(2);
      RunSection first = sections.get(0);
      assertThat(first.start()).isEqualTo(START);
      assertThat(first.end()).isEqualTo(START.plusSeconds(12));
      assertThat(first.tracks()).hasSize(2);
      assertThat(first.master().fragments()).hasSize(6);
      for (RunSection.TrackSection track : first.tracks()) {
        long next = track.fragments().get(0).startTicks();
        for (Fragment fragment : track.fragments()) {
          assertThat(fragment.startTicks()).isEqualTo(next);
          assertThat(fragment.independent()).isTrue();
          next = fragment.endTicks();
        }
      }
      assertThat(sections.get(1).start()).isEqualTo(START.plusSeconds(60));
      assertThat(reader.ranges(START.plusSeconds(1), START.plusSeconds(3600)))
          .containsExactly(
              new TimeRange(START.plusSeconds(1), START.plusSeconds(12)),
              new TimeRange(START.plusSeconds(60), START.plusSeconds(64)));
      assertThat(reader.span()).contains(new TimeRange(START, START.plusSeconds(64)));
    }
  }

  @Test
  void sections_withinAFragment_hasTheWholeFragment() throws IOException {
    try (ScriptedRecorder recorder = record(START);
        AssetReader reader = reader()) {
      recorder.segment(16);

      List<Fragment> fragments =
          reader.fragments(START.plusSeconds(3), START.plusNanos(3_000_000_001L), 1);

      assertThat(fragments).hasSize(1);
      assertThat(fragments.get(0).start()).isEqualTo(START.plusSeconds(2));
      assertThat(reader.fragments(START.plusSeconds(8), START.plusSeconds(9), 1)).isEmpty();
      assertThat(reader.fragments(START.minusSeconds(8), START, 1)).isEmpty();
    }
  }

  @Test
  void gaps_beforeWithinAndOpen_areFoundWithTheirCauses() throws IOException {
    try (ScriptedRecorder recorder = record(START);
        AssetReader reader = reader()) {
      recorder.part(true, Optional.empty());
      recorder.bridge(90_000, GapCause.PACKET_LOSS);
      recorder.closeSegment();
      recorder.hole(START.plusSeconds(86_400 * 3), GapCause.CAMERA_UNREACHABLE);
      recorder.segment(4);
      recorder.stop();

      List<AssetGap> inTheMiddle =
          reader.gaps(START.plusSeconds(100_000), START.plusSeconds(100_001));
      List<AssetGap> all = reader.gaps(START, START.plusSeconds(86_400 * 30));

      assertThat(inTheMiddle).hasSize(1);
      assertThat(inTheMiddle.get(0).gap().causes()).containsExactly(GapCause.CAMERA_UNREACHABLE);
      assertThat(all).extracting(AssetGap::bridged).containsExactly(true, false, false);
      assertThat(all.get(2).gap().end()).isEmpty();
    }
  }

  @Test
  void sections_clockSteppedBack_showTheLaterRun() throws IOException {
    try (ScriptedRecorder recorder = record(START);
        AssetReader reader = reader()) {
      recorder.segment(40);
      RunId first = recorder.run();
      recorder.hole(START.plusSeconds(5), GapCause.CLOCK_STEP);
      recorder.segment(8);
      recorder.stop();

      List<RunSection> sections = reader.sections(START, START.plusSeconds(3600));

      assertThat(sections)
          .extracting(RunSection::run)
          .containsExactly(first, recorder.run(), first);
      assertThat(sections.get(1).start()).isEqualTo(START.plusSeconds(5));
      assertThat(sections.get(1).end()).isEqualTo(START.plusSeconds(9));
      assertThat(sections.get(2).start()).isEqualTo(START.plusSeconds(10));
      assertThat(reader.ranges(START, START.plusSeconds(3600)))
          .containsExactly(new TimeRange(START, START.plusSeconds(20)));
    }
  }

  @Test
  void sections_fileBeingWritten_growsWithIt() throws IOException {
    try (ScriptedRecorder recorder = record(START);
        AssetReader reader = reader()) {
      recorder.segment(8);
      assertThat(reader.fragments(START, START.plusSeconds(60), 1)).hasSize(2);
      for (int i = 0; i < 9; i++) {
        recorder.part(i % 4 == 0, Optional.empty());
        assertThat(reader.fragments(START, START.plusSeconds(60), 1)).hasSize(2 + i / 4);
      }
      assertThat(reader.sections(START, START.plusSeconds(60))).hasSize(1);
      recorder.closeSegment();
      assertThat(reader.fragments(START, START.plusSeconds(60), 1)).hasSize(5);
      assertThat(reader.sections(START, START.plusSeconds(60))).hasSize(1);
    }
  }

  @Test
  void fragments_completeFileWithoutRow_areThere() throws IOException {
    try (ScriptedRecorder recorder = record(START)) {
      recorder.segment(8);
    }
    StoreEdits.delete(
        store, AssetLayout.folderName(ASSET) + '/' + AssetLayout.index(LocalDate.of(2026, 11, 22)));
    try (AssetReader reader = reader()) {
      assertThat(reader.fragments(START, START.plusSeconds(60), 1)).hasSize(2);
      assertThat(reader.ranges(START, START.plusSeconds(60)))
          .containsExactly(new TimeRange(START, START.plusSeconds(4)));
    }
  }

  @Test
  void open_fragmentOfEitherName_hasThePartsOfItsTime() throws IOException {
    try (ScriptedRecorder recorder = record(START);
        AssetReader reader = reader()) {
      recorder.segment(8);
      for (int i = 0; i < 5; i++) {
        recorder.part(i % 4 == 0, Optional.empty());
      }
      List<Fragment> fragments = new ArrayList<>();
      fragments.addAll(reader.fragments(START, START.plusSeconds(60), 1));
      fragments.addAll(reader.fragments(START, START.plusSeconds(60), 2));
      assertThat(fragments).hasSize(6);
      for (Fragment fragment : fragments) {
        assertThat(firstTime(reader, fragment)).isEqualTo(fragment.startTicks());
        assertThat(reader.init(fragment).id()).isEqualTo(fragment.track().init());
        assertThat(
                reader.fragment(
                    fragment.run(),
                    fragment.sequence(),
                    fragment.track().id(),
                    fragment.number(),
                    fragment.start()))
            .contains(fragment);
      }
      recorder.closeSegment();
      assertThat(firstTime(reader, fragments.get(5))).isEqualTo(fragments.get(5).startTicks());
    }
  }

  private static long firstTime(AssetReader reader, Fragment fragment) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(fragment.lengthBytes());
    try (StoredFile file = reader.open(fragment)) {
      file.readFully(fragment.offset(), bytes);
      return TfdtPatch.read(bytes.flip()) + fragment.baseTicks();
    } catch (Mp4Exception e) {
      throw new IOException(e);
    }
  }

  @Test
  void sections_deletedSegment_isAGap() throws IOException {
    try (ScriptedRecorder recorder = record(START)) {
      recorder.segment(8);
      recorder.segment(8);
      recorder.segment(8);
    }
    try (AssetReader reader = reader();
        AssetFolder folder = AssetFolder.open(store, ASSET, clock)) {
      SegmentRow middle = reader.fragments(START, START.plusSeconds(60), 1).get(2).segment();
      folder
          .index()
          .append(
              new TombstoneRow(
                  middle.run(),
                  middle.sequence(),
                  middle.file(),
                  middle.start(),
                  middle.end(),
                  GapCause.RETENTION));
      files.delete(folder.path(middle.file()));

      assertThat(reader.sections(START, START.plusSeconds(60))).hasSize(2);
      assertThat(reader.gaps(START, START.plusSeconds(10)).get(0).gap().causes())
          .containsExactly(GapCause.RETENTION);
      assertThat(reader.ranges(START, START.plusSeconds(60))).hasSize(2);
    }
  }

  @Test
  void sections_assetThatDoesNotExist_hasNone() throws IOException {
    try (AssetReader reader = reader()) {
      assertThat(reader.sections(START, START.plusSeconds(60))).isEmpty();
      assertThat(reader.gaps(START, START.plusSeconds(60))).isEmpty();
      assertThat(reader.ranges(START, START.plusSeconds(60))).isEmpty();
      assertThat(reader.span()).isEmpty();
    }
  }
}
