package io.lva.asset.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.archive.MemoryFiles.Outcome;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Coverage;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.IndexRowCodecTest;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssetIndexTest {
  private static final Instant START = Instant.parse("2026-11-22T23:59:40Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final String ASSET = "door";

  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), files);
  private final AssetView view = new AssetView(store, ASSET);

  private AssetFolder open() throws IOException {
    return AssetFolder.open(store, ASSET, new FixedClock(START));
  }

  private static GapOpenRow gap(int id) {
    return new GapOpenRow(
        Gap.open("g" + id, START.plusSeconds(id), GapOrigin.SOURCE, GapCause.NO_MEDIA));
  }

  /** Records over midnight, with a hole. */
  private void record() throws IOException {
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, true)) {
      for (int i = 0; i < 6; i++) {
        recorder.segment(8);
      }
      recorder.hole(START.plusSeconds(40), GapCause.CAMERA_UNREACHABLE);
      recorder.segment(8);
      recorder.part(true, Optional.empty());
      recorder.bridge(180_000, GapCause.PACKET_LOSS);
      recorder.closeSegment();
      recorder.stop();
    }
  }

  @Test
  void append_diskFullInTheMiddleOfARow_spoilsNothing() throws IOException {
    try (AssetFolder folder = open()) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int torn = i * 3;
        GapOpenRow row = gap(i % 20);
        files.fault(
            call ->
                call.operation().equals("write")
                    ? Outcome.fail(torn, "No space left on device")
                    : Outcome.ALL);
        assertThatThrownBy(() -> folder.index().append(row)).hasMessageContaining("No space");
        files.fault(call -> Outcome.ALL);
        if (i % 2 == 0) {
          folder.index().append(row);
          expected.add(row.key());
        }
      }
      assertThat(view.index(DAY).skipped().malformedLines()).isZero();
      List<IndexRow> rows = new ArrayList<>();
      IndexRowCodec.parseLines(read(AssetLayout.index(DAY)), rows::add);
      assertThat(rows).extracting(IndexRow::key).containsSubsequence(expected.subList(0, 10));
    }
  }

  private byte[] read(String name) throws IOException {
    return IndexFiles.readAll(store, view.path(name), 1 << 20);
  }

  @Test
  void index_tornAndThenRead_appendsBehindTheLastWholeRow() throws IOException {
    record();
    StoreEdits.append(
        store, view.path(AssetLayout.index(DAY)), ByteBuffer.wrap(new byte[] {'{', '"'}));
    assertThat(AssetVerifier.verify(view.store(), view.folder(), hour -> {}).problems()).hasSize(1);
    int rows = view.index(DAY).segments().size();
    try (AssetFolder folder = open()) {
      folder.index().append(gap(1));
    }
    assertThat(view.index(DAY).segments()).hasSize(rows);
    assertThat(view.index(DAY).skipped().malformedLines()).isZero();
  }

  @Test
  void close_coverage_isUpToDateAndThatOfTheRows() throws IOException {
    record();
    Coverage coverage = view.coverage();
    assertThat(coverage.runs()).isEqualTo(2);
    for (LocalDate day : List.of(DAY, DAY.plusDays(1))) {
      DayIndex index = view.index(day);
      assertThat(coverage.upToDate(day, index.indexBytes())).contains(index.coverage().ranges());
    }
  }

  @Test
  void repair_indexDeleted_isBuiltAnewAsItWas() throws IOException {
    record();
    AssetReport before = AssetVerifier.verify(view.store(), view.folder(), hour -> {});
    assertThat(before.problems()).isEmpty();
    List<DayIndex> days = List.of(view.index(DAY), view.index(DAY.plusDays(1)));
    for (AssetStore.Entry file : store.list(view.path("index"))) {
      StoreEdits.delete(store, view.path("index/" + file.name()));
    }
    assertThat(AssetVerifier.verify(view.store(), view.folder(), hour -> {}).problems())
        .isNotEmpty();

    AssetReport after = AssetVerifier.repair(view.store(), view.folder(), hour -> {});

    assertThat(after.problems()).isEmpty();
    assertThat(after.runs()).isEqualTo(before.runs());
    assertThat(after.gaps()).isEqualTo(before.gaps().subList(0, before.gaps().size() - 1));
    for (DayIndex day : days) {
      DayIndex rebuilt = view.index(day.date());
      assertThat(rebuilt.segments()).isEqualTo(day.segments()).isNotEmpty();
      assertThat(rebuilt.gaps())
          .isEqualTo(day.gaps().stream().filter(row -> row.gap().end().isPresent()).toList());
      assertThat(view.coverage().upToDate(day.date(), rebuilt.indexBytes()))
          .contains(day.coverage().ranges());
    }
  }

  @Test
  void repair_twice_changesNothing() throws IOException {
    record();
    AssetVerifier.repair(view.store(), view.folder(), hour -> {});
    byte[] first = read(AssetLayout.index(DAY));
    AssetReport report = AssetVerifier.repair(view.store(), view.folder(), hour -> {});
    assertThat(read(AssetLayout.index(DAY))).isEqualTo(first);
    assertThat(report.gaps()).hasSize(3);
  }

  @Test
  void checkRest_dayOfTheIndexLost_isIndexedAgain() throws IOException {
    record();
    DayIndex before = view.index(DAY);
    StoreEdits.delete(store, view.path(AssetLayout.index(DAY)));
    try (AssetFolder folder = open()) {
      folder.checkRest();
      assertThat(folder.checkRest()).isZero();
    }
    assertThat(view.index(DAY).segments()).isEqualTo(before.segments());
    assertThat(AssetVerifier.verify(view.store(), view.folder(), hour -> {}).problems()).isEmpty();
  }

  @Test
  void readOn_fileGrownOrReplaced_isWhatReadingAnewGives() throws IOException {
    try (AssetFolder folder = open()) {
      folder.index().append(gap(1));
      DayIndex known = view.index(DAY);
      folder.index().append(new GapCloseRow(gap(1).gap().closedAt(START.plusSeconds(9)), false));
      folder.index().append(gap(2));
      DayIndex grown = view.index(Objects.requireNonNull(view.indexDays().get(DAY)), known);
      assertThat(grown.gaps()).isEqualTo(view.index(DAY).gaps()).hasSize(2);
      assertThat(grown.indexBytes()).isEqualTo(view.index(DAY).indexBytes());
      StoreEdits.write(
          store,
          view.path(AssetLayout.index(DAY)),
          ByteBuffer.wrap(IndexRowCodec.toLine(IndexRowCodecTest.segment(), 0)));
      assertThat(view.index(Objects.requireNonNull(view.indexDays().get(DAY)), grown).segments())
          .hasSize(1);
      assertThat(view.index(Objects.requireNonNull(view.indexDays().get(DAY)), grown).gaps())
          .isEmpty();
    }
  }

  @Test
  void open_assetOfAnotherRecorder_saysWhoseItIs() throws IOException {
    try (AssetFolder folder = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(AssetInUseException.class)
          .hasMessage("asset door is in use by another recording process");
      assertThat(folder.name()).isEqualTo(ASSET);
    }
    try (AssetFolder again = open()) {
      assertThat(again.recovered().lastEnd()).isEmpty();
    }
  }

  @Test
  void open_folderThatIsNoAsset_isRefused() throws IOException {
    StoreEdits.write(store, "door/holiday.mp4", ByteBuffer.wrap(new byte[1]));
    assertThatThrownBy(this::open)
        .isInstanceOf(AssetFormatException.class)
        .hasMessageContaining("holiday.mp4");
    StoreEdits.write(
        store,
        "window/asset.json",
        ByteBuffer.wrap(new AssetDescription(1, "other", START).toJson()));
    assertThatThrownBy(() -> AssetFolder.open(store, "window", Clock.system()))
        .hasMessageContaining("belongs to asset other");
  }
}
