package io.lva.asset.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.Assets;
import io.lva.asset.archive.MemoryFiles.Call;
import io.lva.asset.archive.MemoryFiles.Outcome;
import io.lva.asset.archive.MemoryFiles.PowerCut;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.GapCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The process or the power ends before any file call, or in the middle of any write. */
class CrashTest {
  private static final Instant START = Instant.parse("2026-11-22T23:59:57Z");
  private static final String ASSET = "front door";
  private static final String FOLDER = AssetLayout.folderName(ASSET);

  private final MemoryFiles files = new MemoryFiles();
  private final DiskAssetStore store = new DiskAssetStore(Path.of("/store"), files);
  private Instant recorded = START;

  /** Two recordings over midnight, with everything that can happen in one. */
  private void script() throws IOException {
    try (ScriptedRecorder recorder = recorder(START)) {
      recorder.segment(4);
      recorded = recorder.now();
      recorder.part(true, Optional.empty());
      recorder.bridge(90_000, GapCause.PACKET_LOSS);
      recorder.closeSegment();
      recorded = recorder.now();
      recorder.hole(recorder.now().plusSeconds(20), GapCause.CAMERA_UNREACHABLE);
      recorder.segment(5);
      recorded = recorder.now();
      recorder.stop();
    }
    try (ScriptedRecorder recorder = recorder(START.plusSeconds(100))) {
      recorder.segment(3);
      recorded = recorder.now();
      recorder.stop();
    }
  }

  private ScriptedRecorder recorder(Instant start) throws IOException {
    return new ScriptedRecorder(AssetFolder.open(store, ASSET, new FixedClock(start)), start, true);
  }

  private List<Call> calls() throws IOException {
    script();
    return files.calls();
  }

  private void recoverAndVerify(String when) throws IOException {
    Instant before = recorded;
    try (AssetFolder folder = AssetFolder.open(store, ASSET, new FixedClock(START))) {
      if (!before.equals(START)) {
        assertThat(folder.recovered().lastEnd()).as(when).isPresent();
        assertThat(folder.recovered().lastEnd().get()).as(when).isAfterOrEqualTo(before);
        assertThat(folder.recovered().openGaps()).as(when).hasSize(1);
      }
    }
    if (Assets.exists(store, ASSET)) { // one that got nothing goes away again
      verify(when);
    }
    try (ScriptedRecorder recorder = recorder(START.plusSeconds(400))) {
      recorder.segment(6);
      recorder.stop();
    }
    AssetReport report = verify(when);
    Instant end = report.runs().get(report.runs().size() - 1).end();
    assertThat(end).isEqualTo(START.plusSeconds(403));
    AssetView view = new AssetView(store, FOLDER);
    assertThat(AssetVerifier.repair(view.store(), view.folder(), hour -> {}))
        .as(when)
        .isEqualTo(report);
  }

  private AssetReport verify(String when) throws IOException {
    AssetReport report = AssetVerifier.verify(store, ASSET, hour -> {});
    assertThat(report.problems()).as(when).isEmpty();
    return report;
  }

  private void crashAt(int call, int bytes) throws IOException {
    recorded = START;
    files.fault(next -> next.number() == call ? Outcome.powerCut(bytes) : Outcome.ALL);
    try {
      script();
    } catch (PowerCut e) {
      return;
    }
  }

  @Test
  void open_afterKillAtAnyCall_losesNothingThatWasWritten() throws IOException {
    List<Call> calls = calls();
    assertThat(calls).hasSizeGreaterThan(100);
    for (Call call : calls) {
      CrashTest fresh = new CrashTest();
      fresh.crashAt(call.number(), 0);
      fresh.files.restartAfterKill();
      fresh.recoverAndVerify("killed before " + call);
    }
  }

  @Test
  void open_afterPowerCutAtAnyCall_losesNothingThatWasSynced() throws IOException {
    for (Call call : calls()) {
      CrashTest fresh = new CrashTest();
      fresh.crashAt(call.number(), 0);
      fresh.files.restartAfterPowerCut();
      fresh.recoverAndVerify("power cut before " + call);
    }
  }

  @Test
  void open_afterPowerCutThatSomeUnsyncedBytesSurvive_isClean() throws IOException {
    Random random = new Random(4711);
    for (Call call : calls()) {
      CrashTest fresh = new CrashTest();
      fresh.crashAt(call.number(), random.nextInt(Math.max(1, call.bytes())));
      fresh.files.restartAfterPowerCut(random);
      fresh.recoverAndVerify("power cut before " + call);
    }
  }

  @Test
  void open_afterWriteTornAtAnyByte_cutsTheTail() throws IOException {
    for (Call call : calls()) {
      for (int bytes = 1; bytes < call.bytes(); bytes += 47) {
        CrashTest fresh = new CrashTest();
        fresh.crashAt(call.number(), bytes);
        fresh.files.restartAfterKill();
        fresh.recoverAndVerify("killed after " + bytes + " bytes of " + call);
      }
    }
  }

  @Test
  void open_afterOrderlyStop_keepsTheGapOfTheOperator() throws IOException {
    script();
    try (AssetFolder folder = AssetFolder.open(store, ASSET, new FixedClock(START))) {
      assertThat(folder.recovered().addedRows()).isZero();
      assertThat(folder.recovered().openGaps().get(0).causes()).containsExactly(GapCause.OPERATOR);
    }
    AssetReport report = verify("orderly");
    assertThat(report.runs()).hasSize(3);
    assertThat(report.segments()).isEqualTo(4);
    assertThat(Duration.between(report.runs().get(0).start(), START)).isZero();
  }
}
