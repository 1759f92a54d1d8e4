package io.lva.asset.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.AssetReader;
import io.lva.asset.Assets;
import io.lva.asset.Fragment;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.FixedClock;
import io.lva.asset.archive.IndexFiles;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.ScriptedRecorder;
import io.lva.asset.archive.StoreEdits;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.AssetDescription;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.LaterFormatException;
import io.lva.asset.index.GapOpenRow;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TombstoneRow;
import io.lva.asset.verify.AssetReport.Problem;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every invariant is broken once; the verifier says where, and a repair heals what it can. */
class AssetVerifierTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), files);
  private final AssetView view = new AssetView(store, "door");
  private List<SegmentRow> rows = List.of();

  @BeforeEach
  void record() throws IOException {
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "door", new FixedClock(START)), START, true)) {
      recorder.segment(8);
      recorder.segment(8);
      recorder.hole(START.plusSeconds(20), GapCause.PACKET_LOSS);
      recorder.segment(8);
      recorder.stop();
    }
    assertThat(verify().problems()).isEmpty();
    rows = view.index(DAY).segments();
  }

  private AssetReport verify() throws IOException {
    return AssetVerifier.verify(view.store(), view.folder(), hour -> {});
  }

  private byte[] read(String name) throws IOException {
    return IndexFiles.readAll(store, view.path(name), 1 << 20);
  }

  private void write(String name, byte[] content) throws IOException {
    StoreEdits.write(store, view.path(name), ByteBuffer.wrap(content));
  }

  private void append(IndexRow row) throws IOException {
    StoreEdits.append(
        store, view.path(AssetLayout.index(DAY)), ByteBuffer.wrap(IndexRowCodec.toLine(row, 50)));
  }

  private void replaceIndex(String from, String to) throws IOException {
    String index = new String(read(AssetLayout.index(DAY)), UTF_8);
    assertThat(index).contains(from);
    write(AssetLayout.index(DAY), index.replace(from, to).getBytes(UTF_8));
  }

  private void found(String file, String what) throws IOException {
    List<Problem> problems = verify().problems();
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.file()).isEqualTo(file);
              assertThat(problem.what()).contains(what);
            });
  }

  private void healed() throws IOException {
    assertThat(AssetVerifier.repair(view.store(), view.folder(), hour -> {}).problems()).isEmpty();
    assertThat(verify().problems()).isEmpty();
  }

  @Test
  void toJson_report_hasExactlyTheAgreedShape() throws IOException {
    AssetReport report = verify();
    long bytes = rows.stream().mapToLong(SegmentRow::sizeBytes).sum();
    assertThat(AssetReportJson.toJson(List.of(report)))
        .isEqualTo(
            "{\"assets\":[{\"asset\":\"door\",\"segments\":3,\"bytes\":"
                + bytes
                + ",\"runs\":[{\"run\":\""
                + rows.get(0).run()
                + "\",\"start\":\"2026-11-22T10:00:00.000Z\",\"end\":\"2026-11-22T10:00:08.000Z\"},"
                + "{\"run\":\""
                + rows.get(2).run()
                + "\",\"start\":\"2026-11-22T10:00:20.000Z\",\"end\":\"2026-11-22T10:00:24.000Z\"}],"
                + "\"gaps\":[{\"start\":\"2026-11-22T10:00:08.000Z\","
                + "\"end\":\"2026-11-22T10:00:20.000Z\",\"cause\":\"packet-loss\",\"origin\":\"source\"},"
                + "{\"start\":\"2026-11-22T10:00:24.000Z\",\"end\":null,\"cause\":\"operator\","
                + "\"origin\":\"runtime\"}],\"problems\":[]}]}");
  }

  @Test
  void verify_fileLost_isFoundWithItsRangeAndBecomesAGap() throws IOException {
    for (SegmentRow lost : rows) {
      StoreEdits.delete(store, view.path(lost.file()));
      assertThat(verify().problems())
          .containsExactly(
              new Problem(
                  lost.file(),
                  "is in the index and missing: media from " + lost.start() + " to " + lost.end()));
      assertListed(lost, false);
      healed();
      assertThat(verify().gaps())
          .anySatisfy(
              gap -> {
                assertThat(gap.causes()).containsExactly(GapCause.STORAGE_ERROR);
                assertThat(gap.start()).isEqualTo(lost.start());
                assertThat(gap.end()).contains(lost.end());
              });
      assertListed(lost, false);
    }
    assertThat(verify().segments()).isZero();
  }

  private void assertListed(SegmentRow row, boolean listed) throws IOException {
    try (AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(reader.fragments(Instant.MIN, Instant.MAX, row.tracks().get(0).id()))
          .extracting(Fragment::file)
          .matches(files -> files.contains(row.file()) == listed);
    }
  }

  @Test
  void verify_fileNotInTheIndex_isFound() throws IOException {
    String[] lines = new String(read(AssetLayout.index(DAY)), UTF_8).split("\n", -1);
    lines[0] = "";
    write(AssetLayout.index(DAY), String.join("\n", lines).getBytes(UTF_8));
    found(rows.get(0).file(), "not in the index");
    healed();
    assertThat(view.index(DAY).segments()).isEqualTo(rows);
  }

  @Test
  void verify_indexSaysSomethingElse_isFound() throws IOException {
    replaceIndex("\"runNumber\":0,\"sequence\":1", "\"runNumber\":4,\"sequence\":1");
    found(rows.get(1).file(), "something else");
    healed();
  }

  @Test
  void verify_tornFile_isFound() throws IOException {
    byte[] file = read(rows.get(2).file());
    write(rows.get(2).file(), Arrays.copyOf(file, file.length - 3));
    found(rows.get(2).file(), "cut off");
  }

  @Test
  void verify_fileThatCannotBeRead_isFoundAndTheOthersToo() throws IOException {
    Path broken = store.path(view.path(rows.get(0).file()));
    files.fault(
        call ->
            call.operation().equals("read") && call.path().equals(broken)
                ? MemoryFiles.Outcome.fail(0, "Input/output error")
                : MemoryFiles.Outcome.ALL);
    StoreEdits.delete(store, view.path(AssetLayout.COVERAGE));
    write("2026/11/22/10/notes.txt", new byte[1]);
    found(rows.get(0).file(), "cannot be read: Input/output error");
    found("2026/11/22/10/notes.txt", "does not belong here");
    AssetVerifier.repair(view.store(), view.folder(), hour -> {});
    files.fault(call -> MemoryFiles.Outcome.ALL);
    assertThat(view.index(DAY).segments()).isEqualTo(rows);
    assertThat(verify().problems()).hasSize(1);
  }

  @Test
  void verify_timeThatDoesNotContinue_isFound() throws IOException {
    byte[] file = read(rows.get(1).file());
    String base = "\"base\":" + rows.get(1).master().base();
    String moved = "\"base\":" + (rows.get(1).master().base() + 1);
    String text = new String(file, ISO_8859_1);
    write(rows.get(1).file(), text.replace(base, moved).getBytes(ISO_8859_1));
    found(rows.get(1).file(), "the file before it ends at");
  }

  @Test
  void verify_fileOfAnotherRun_isFound() throws IOException {
    byte[] file = read(rows.get(0).file());
    String other = SegmentName.completePath(START.plusSeconds(30), RunId.random(), 0);
    write(other, file);
    found(other, "is not segment");
  }

  @Test
  void verify_holeWithoutGap_isFoundAndExplained() throws IOException {
    replaceIndex("\"start\":\"2026-11-22T10:00:08Z\"", "\"start\":\"2026-11-22T10:00:09Z\"");
    found(rows.get(2).file(), "no gap tells why media is missing from 2026-11-22T10:00:08Z");
    healed();
  }

  /** The clock was set back, and the next run has media of the time that the one before lost. */
  @Test
  void verify_holeInARunThatAnotherRunCovers_isFoundOnceAndExplained() throws IOException {
    Instant later = START.plusSeconds(60);
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "door", new FixedClock(later)), later, true)) {
      recorder.segment(8);
      recorder.lose(START.plusSeconds(66));
      recorder.segment(8);
      recorder.hole(START.plusSeconds(55), GapCause.CLOCK_STEP);
      recorder.segment(32);
      recorder.stop();
    }
    SegmentRow behind =
        view.index(DAY).segments().stream()
            .filter(row -> row.start().equals(START.plusSeconds(66)))
            .findFirst()
            .orElseThrow();
    assertThat(verify().problems())
        .containsExactly(
            new Problem(
                behind.file(),
                "no gap tells why media is missing from 2026-11-22T10:01:04Z"
                    + " to 2026-11-22T10:01:06Z"));
    healed();
    assertThat(verify().gaps())
        .anySatisfy(
            gap -> {
              assertThat(gap.causes()).containsExactly(GapCause.STORAGE_ERROR);
              assertThat(gap.start()).isEqualTo(START.plusSeconds(64));
              assertThat(gap.end()).contains(START.plusSeconds(66));
            });
  }

  @Test
  void verify_holeInARun_isFoundOnce() throws IOException {
    Instant later = START.plusSeconds(60);
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "door", new FixedClock(later)), later, true)) {
      recorder.segment(8);
      recorder.lose(START.plusSeconds(66));
      recorder.segment(8);
      recorder.stop();
    }
    assertThat(verify().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("no gap tells why"));
    healed();
  }

  @Test
  void verify_gapStaysOpen_isFoundAndClosed() throws IOException {
    append(
        new GapOpenRow(
            Gap.open("x", START.plusSeconds(2), GapOrigin.QUEUE, GapCause.BACKPRESSURE)));
    found(AssetLayout.index(DAY), "gap x is open");
    healed();
  }

  @Test
  void verify_coverageOfOtherRanges_isFound() throws IOException {
    String coverage = new String(read(AssetLayout.COVERAGE), UTF_8);
    write(AssetLayout.COVERAGE, coverage.replace("10:00:20Z", "10:00:19Z").getBytes(UTF_8));
    found(AssetLayout.COVERAGE, "are not those of the index");
    healed();
  }

  @Test
  void verify_linesThatAreNoRows_areFound() throws IOException {
    StoreEdits.append(
        store, view.path(AssetLayout.index(DAY)), ByteBuffer.wrap("oops\n".getBytes(UTF_8)));
    found(AssetLayout.index(DAY), "1 lines are no rows");
    healed();
  }

  @Test
  void verify_assetJsonLost_isFoundAndWritten() throws IOException {
    StoreEdits.delete(store, view.path(AssetLayout.ASSET_JSON));
    assertThat(Assets.names(store)).hasSize(1);
    found(AssetLayout.ASSET_JSON, "no asset.json");
    healed();
  }

  @Test
  void verify_assetJsonOfAnotherName_isFoundAndWritten() throws IOException {
    write(AssetLayout.ASSET_JSON, new AssetDescription(1, "gate", START).toJson());
    found(AssetLayout.ASSET_JSON, "names another asset: gate");
    healed();
  }

  @Test
  void repair_laterFormat_changesNothing() throws IOException {
    byte[] later = new AssetDescription(3, "door", START).toJson();
    write(AssetLayout.ASSET_JSON, later);
    found(AssetLayout.ASSET_JSON, "later version");
    assertThatThrownBy(() -> AssetVerifier.repair(view.store(), view.folder(), hour -> {}))
        .isInstanceOf(LaterFormatException.class);
    assertThat(read(AssetLayout.ASSET_JSON)).isEqualTo(later);
  }

  private void damageOrigin(String from, String to) throws IOException {
    String file = new String(read(from), ISO_8859_1);
    StoreEdits.delete(store, view.path(from));
    write(to, file.replace("\"kind\":\"origin\"", "\"!!!!\":\"origin\"").getBytes(ISO_8859_1));
  }

  private void recordOn() throws IOException {
    Instant later = START.plusSeconds(60);
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "door", new FixedClock(later)), later, true)) {
      recorder.segment(8);
      recorder.stop();
    }
  }

  private void recordMoreRowsThanARecoveryReads() throws IOException {
    Instant later = START.plusSeconds(60);
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "door", new FixedClock(later)), later, true)) {
      for (int i = 0; i < 200; i++) {
        recorder.segment(4);
      }
      recorder.stop();
    }
    assertThat(read(AssetLayout.index(DAY)).length).isGreaterThan(64 << 10);
  }

  private Gap openGap() throws IOException {
    try (AssetFolder folder = AssetFolder.open(store, "door", new FixedClock(START))) {
      assertThat(folder.recovered().openGaps()).hasSize(1);
      return folder.recovered().openGaps().get(0);
    }
  }

  @Test
  void repair_localCache_isLeftToItsRecorder() throws IOException {
    write(AssetLayout.UPLOADS, "{}".getBytes(UTF_8));
    byte[] index = read(AssetLayout.index(DAY));

    assertThatThrownBy(() -> AssetVerifier.repair(view.store(), view.folder(), hour -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a local cache");
    assertThat(read(AssetLayout.index(DAY))).isEqualTo(index);
  }

  @Test
  void repair_longIndex_nextRecordingFindsTheOpenGap() throws IOException {
    recordMoreRowsThanARecoveryReads();
    Gap open = openGap();
    assertThat(open.causes()).containsExactly(GapCause.OPERATOR);
    healed();
    assertThat(openGap()).isEqualTo(open);
  }

  @Test
  void open_longIndexLost_nextRecordingFindsTheOpenGap() throws IOException {
    recordMoreRowsThanARecoveryReads();
    StoreEdits.delete(store, view.path(AssetLayout.index(DAY)));
    Gap open = openGap();
    assertThat(open.causes()).containsExactly(GapCause.PROCESS_STOPPED);
    assertThat(openGap()).isEqualTo(open);
    assertThat(verify().problems()).isEmpty();
  }

  @Test
  void stop_afterTheClockWentBack_isNoProblemAndKeepsItsCause() throws IOException {
    Instant later = START.plusSeconds(60);
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(AssetFolder.open(store, "door", new FixedClock(later)), later, true)) {
      recorder.segment(8);
      recorder.hole(START.plusSeconds(30), GapCause.CLOCK_STEP);
      recorder.segment(8);
      recorder.stop();
    }
    for (int i = 0; i < 2; i++) {
      healed();
      try (AssetFolder folder = AssetFolder.open(store, "door", new FixedClock(later))) {
        assertThat(folder.recovered().openGaps()).hasSize(1);
        Gap gap = folder.recovered().openGaps().get(0);
        assertThat(gap.causes()).containsExactly(GapCause.OPERATOR);
        assertThat(gap.start()).isEqualTo(START.plusSeconds(34));
      }
      assertThat(verify().problems()).isEmpty();
    }
  }

  @Test
  void open_damagedFileWithoutRow_keepsNobodyFromRecording() throws IOException {
    StoreEdits.delete(store, view.path(AssetLayout.index(DAY)));
    damageOrigin(rows.get(2).file(), rows.get(2).file());
    recordOn();
    AssetVerifier.repair(view.store(), view.folder(), hour -> {});
    recordOn();
    assertThat(view.index(DAY).segments()).hasSize(4);
    found(rows.get(2).file(), "'kind' is not a text");
  }

  @Test
  void open_damagedRunNumbers_keepNobodyFromRecording() throws IOException {
    replaceIndex("\"runNumber\":1,", "\"runNumber\":2147483647,");
    String coverage = new String(read(AssetLayout.COVERAGE), UTF_8);
    write(
        AssetLayout.COVERAGE,
        coverage.replace("\"runs\":2", "\"runs\":2147483647").getBytes(UTF_8));
    recordOn();
    assertThat(view.index(DAY).segments()).extracting(SegmentRow::runNumber).contains(2);
    healed();
  }

  @Test
  void open_partWithDamagedHead_isKeptForSomebodyToLookAt() throws IOException {
    String part = rows.get(2).file() + SegmentName.PART_SUFFIX;
    damageOrigin(rows.get(2).file(), part);
    StoreEdits.delete(store, view.path(AssetLayout.index(DAY)));
    recordOn();
    assertThat(store.size(view.path(part))).isEmpty();
    found(rows.get(2).file() + ".damaged", "kept of a damaged segment");
  }

  @Test
  void open_filesOfOneName_keepsBoth() throws IOException {
    String part = rows.get(2).file() + SegmentName.PART_SUFFIX;
    for (String kept : List.of(".damaged", ".damaged-2")) {
      write(part, read(rows.get(1).file()));
      recordOn();
      assertThat(read(rows.get(2).file() + kept)).isEqualTo(read(rows.get(1).file()));
    }
    assertThat(view.store().size(view.path(part))).isEmpty();
    assertThat(view.store().size(view.path(rows.get(2).file()))).isPresent();
  }

  @Test
  void folders_namedLikeFilesOfAnAsset_keepNobodyFromRecording() throws IOException {
    String complete = SegmentName.completePath(START.plusSeconds(30), RunId.random(), 0);
    String part = SegmentName.partPath(START.plusSeconds(31), RunId.random(), 0);
    String temporary = "2026/11/22/10/x.tmp";
    for (String name : List.of(complete, part, temporary)) {
      write(name + "/mine", new byte[1]);
    }
    recordOn();
    for (String name : List.of(complete, part, temporary)) {
      found(name, "does not belong here");
    }
    AssetReport repaired = AssetVerifier.repair(view.store(), view.folder(), hour -> {});
    assertThat(repaired.problems()).hasSize(3);
    assertThat(repaired.segments()).isEqualTo(4);
    assertThat(Assets.list(store)).hasSize(1);
    assertThat(store.size(view.path(part + "/mine"))).contains(1L);
  }

  @Test
  void open_folderHasTheNameOfAPart_keepsWhatWasRecorded() throws IOException {
    String name = rows.get(2).file();
    byte[] recorded = read(name);
    StoreEdits.delete(store, view.path(name));
    write(name + "/mine", new byte[1]);
    write(name + SegmentName.PART_SUFFIX, recorded);
    recordOn();
    assertThat(read(name + ".damaged")).isEqualTo(recorded);
  }

  @Test
  void verify_strangers_areFound() throws IOException {
    write("2026/11/22/10/notes.txt", new byte[1]);
    found("2026/11/22/10/notes.txt", "does not belong here");
  }

  @Test
  void verify_deletedSegmentThatIsThere_isFound() throws IOException {
    SegmentRow row = rows.get(1);
    append(
        new TombstoneRow(
            row.run(), row.sequence(), row.file(), row.start(), row.end(), GapCause.RETENTION));
    found(row.file(), "though the index says it was deleted");
    healed();
  }

  @Test
  void verify_deletedSegment_isNoProblemAndSurvivesARepair() throws IOException {
    SegmentRow row = rows.get(1);
    append(
        new TombstoneRow(
            row.run(), row.sequence(), row.file(), row.start(), row.end(), GapCause.RETENTION));
    StoreEdits.delete(store, view.path(row.file()));
    assertThat(verify().problems()).isEmpty();
    healed();
    assertThat(view.index(DAY).tombstones()).hasSize(1);
  }

  @Test
  void verify_partLeftBehind_isFoundAndCompleted() throws IOException {
    String part = rows.get(2).file() + SegmentName.PART_SUFFIX;
    byte[] file = read(rows.get(2).file());
    write(part, Arrays.copyOf(file, file.length - 1));
    StoreEdits.delete(store, view.path(rows.get(2).file()));
    found(part, "is not complete");
    healed();
    assertThat(view.store().size(view.path(part))).isEqualTo(Optional.empty());
  }

  @Test
  void verify_whileRecording_hasNoProblems() throws IOException {
    try (ScriptedRecorder recorder =
        new ScriptedRecorder(
            AssetFolder.open(store, "door", new FixedClock(START)), START.plusSeconds(60), true)) {
      recorder.part(true, Optional.empty());
      assertThat(verify().problems()).isEmpty();
      assertThat(verify().segments()).isEqualTo(4);
      recorder.closeSegment();
      assertThat(verify().problems()).isEmpty();
    }
  }
}
