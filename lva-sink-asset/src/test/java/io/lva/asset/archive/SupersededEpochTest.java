package io.lva.asset.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.DayIndex;
import io.lva.asset.format.Fences;
import io.lva.asset.format.IndexRowCodec;
import io.lva.asset.format.Utc;
import io.lva.asset.index.GapCloseRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A writer that was superseded goes on writing: files, rows, and later than its successor. */
class SupersededEpochTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), files);
  private final AssetView view = new AssetView(store, "door");

  private AssetFolder open() throws IOException {
    return AssetFolder.open(store, "door", Clock.system());
  }

  private List<RunId> shown() throws IOException {
    try (AssetReader reader = AssetReader.open(store, "door")) {
      return reader.sections(START, START.plusSeconds(3600)).stream()
          .map(section -> section.run())
          .toList();
    }
  }

  @Test
  void lateFilesAndRows_ofASupersededEpoch_areIgnoredByEverybody() throws IOException {
    // The loser records two segments; the second arrives only after the winner took over.
    RunId loser;
    SegmentRow late;
    byte[] lateFile;
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, false)) {
      loser = recorder.run();
      recorder.segment(8);
      recorder.segment(8);
      recorder.stop();
      late = view.index(Utc.day(START)).segments().get(1);
      lateFile = IndexFiles.readAll(store, view.path(late.file()), 1 << 20);
    }
    StoreEdits.delete(store, view.path(late.file()));
    String index = view.path("index/20261122.jsonl");
    String[] rows =
        new String(IndexFiles.readAll(store, index, 1 << 20), UTF_8).split("(?<=\n)", -1);
    StringBuilder early = new StringBuilder();
    for (String row : rows) {
      if (!row.contains(late.file()) && !row.contains("gap-open")) {
        early.append(row);
      }
    }
    StoreEdits.write(store, index, bytes(early.toString()));

    RunId winner;
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START.plusSeconds(30), false)) {
      winner = recorder.run();
      recorder.segment(8);
      recorder.stop();
    }
    assertThat(shown()).containsExactly(loser, winner);
    assertThat(verify().problems()).isEmpty();

    StoreEdits.append(store, view.path(late.file()), ByteBuffer.wrap(lateFile));
    StoreEdits.append(store, index, ByteBuffer.wrap(IndexRowCodec.toLine(late, late.epoch())));
    assertThat(view.index(Utc.day(START)).segments()).doesNotContain(late).hasSize(2);
    assertThat(verify().problems()).isEmpty();
    assertThat(AssetVerifier.repair(view.store(), view.folder(), hour -> {}).problems()).isEmpty();
    assertThat(view.index(Utc.day(START)).segments()).doesNotContain(late).hasSize(2);
    try (AssetFolder again = open()) {
      again.checkRest();
      assertThat(view.index(Utc.day(START)).segments()).doesNotContain(late).hasSize(2);
    }
    assertThat(shown()).containsExactly(loser, winner);
  }

  /** On the day of the takeover a late gap shows by its place, behind media of the winner. */
  @Test
  void lateGap_behindASegmentOfAHigherEpoch_isIgnored() throws IOException {
    SegmentRow row;
    try (ScriptedRecorder recorder = new ScriptedRecorder(open(), START, false)) {
      recorder.segment(8);
      row = view.index(Utc.day(START)).segments().get(0);
    }
    Fences fences = Fences.none().with(new Fences.Fence(2, 0, 0, Utc.day(START)));
    Gap late = Gap.open("late", START.plusSeconds(5), GapOrigin.SOURCE, GapCause.NO_MEDIA);
    byte[] gap =
        IndexRowCodec.toLine(new GapCloseRow(late.closedAt(START.plusSeconds(6)), false), 1);
    byte[] segment = IndexRowCodec.toLine(row.withEpoch(2), 2);

    assertThat(DayIndex.of(Utc.day(START), join(gap, segment), fences).gaps()).hasSize(1);
    assertThat(DayIndex.of(Utc.day(START), join(segment, gap), fences).gaps()).isEmpty();
  }

  private AssetReport verify() throws IOException {
    return AssetVerifier.verify(view.store(), view.folder(), hour -> {});
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
