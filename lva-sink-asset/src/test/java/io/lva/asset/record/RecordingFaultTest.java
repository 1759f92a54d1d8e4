package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.archive.MemoryFiles.Call;
import io.lva.asset.archive.MemoryFiles.Outcome;
import io.lva.asset.archive.MemoryFiles.PowerCut;
import io.lva.asset.verify.AssetReport;
import io.lva.event.GraphEvent;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The disk refuses, while media comes on. */
class RecordingFaultTest {
  private static final String FULL = "No space left on device";
  private static final String BROKEN = "Input/output error";
  private static final Duration LENGTH = Duration.ofSeconds(8);

  private MemoryFiles files = new MemoryFiles();

  private RecorderRig rig() {
    RecorderOptions options = RecorderOptions.defaults().segmentLength(Duration.ofSeconds(3));
    return new RecorderRig(Path.of("/store"), files, options, 1 << 20);
  }

  private static boolean isMediaWrite(Call call) {
    return call.operation().equals("write") && call.path().toString().endsWith(".part");
  }

  private static void assertWhole(RecorderRig rig, Duration length, String when)
      throws IOException {
    AssetReport report = rig.verify();
    assertThat(report.problems()).as(when).isEmpty();
    assertThat(report.runs()).as(when).hasSize(1);
    assertThat(report.runs().get(0).start()).as(when).isEqualTo(Fixtures.START);
    assertThat(report.runs().get(0).end()).as(when).isEqualTo(Fixtures.START.plus(length));
    assertThat(rig.isFinished()).as(when).isTrue();
    assertThat(rig.sessions.get(0).queue().usedBytes()).as(when).isZero();
  }

  private static void finish(RecorderRig rig) {
    rig.end(GapCause.OPERATOR);
    rig.lane.pass(Duration.ofMinutes(1));
  }

  private List<Call> calls() {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(LENGTH);
    finish(rig);
    return files.calls();
  }

  @Test
  void write_diskIsFullForAMoment_losesNothing() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(6));
    files.fault(call -> isMediaWrite(call) ? Outcome.fail(100, FULL) : Outcome.ALL);
    rig.record(Duration.ofSeconds(5));
    files.fault(call -> Outcome.ALL);
    rig.record(Duration.ofSeconds(19));
    finish(rig);

    assertWhole(rig, Duration.ofSeconds(30), "full for 5 s");
    List<GraphEvent.StorageError> errors = rig.events(GraphEvent.StorageError.class);
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).errorCode()).isEqualTo("noSpace");
    assertThat(rig.events(GraphEvent.DataDropped.class)).isEmpty();
  }

  @Test
  void write_diskIsFullForAMinute_isAGapAndMemoryStaysBounded() throws IOException {
    RecorderRig rig = rig();
    rig.camera.bytes(5000).tracks();
    rig.record(Duration.ofSeconds(6));
    files.fault(call -> isMediaWrite(call) ? Outcome.fail(100, FULL) : Outcome.ALL);
    for (int i = 0; i < 60; i++) {
      rig.record(Duration.ofSeconds(1));
      assertThat(rig.sessions.get(0).queue().usedBytes()).isLessThanOrEqualTo(768 << 10);
    }
    files.fault(call -> Outcome.ALL);
    rig.record(Duration.ofSeconds(20));
    finish(rig);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps().get(0).origin()).isEqualTo(GapOrigin.QUEUE);
    assertThat(report.gaps().get(0).causes()).containsExactly(GapCause.DISK_FULL);
    assertThat(report.runs().get(0).end()).isAfterOrEqualTo(Fixtures.START.plusSeconds(6));
    assertThat(report.runs().get(1).end()).isEqualTo(Fixtures.START.plusSeconds(86));
    assertThat(rig.events(GraphEvent.StorageError.class)).hasSize(1);
    assertThat(rig.events(GraphEvent.DataDropped.class)).hasSize(1);
    assertThat(rig.count("lva.recording.dropped.groups")).isPositive();
  }

  @Test
  void write_diskIsFullWhileTheCameraLosesPackets_noHoleStaysOpen() throws IOException {
    RecorderRig rig = rig();
    rig.camera.bytes(5000).tracks();
    rig.record(Duration.ofSeconds(6));
    files.fault(call -> isMediaWrite(call) ? Outcome.fail(100, FULL) : Outcome.ALL);
    for (int i = 0; i < 60; i++) {
      rig.record(Duration.ofSeconds(1));
      rig.camera.lose(3, GapCause.PACKET_LOSS);
    }
    files.fault(call -> Outcome.ALL);
    rig.record(Duration.ofSeconds(20));
    finish(rig);

    AssetReport report = rig.verified();
    assertThat(report.gaps()).filteredOn(gap -> gap.end().isEmpty()).hasSize(1);
    assertThat(report.gaps().get(0).causes()).contains(GapCause.DISK_FULL);
  }

  @Test
  void end_whileTheRestOfAGroupIsDropped_theLastGapSaysSo() throws IOException {
    RecorderRig rig = rig();
    rig.camera.bytes(5000).groupOf(100_000).tracks();
    rig.record(Duration.ofSeconds(6));
    files.fault(call -> isMediaWrite(call) ? Outcome.fail(100, FULL) : Outcome.ALL);
    rig.record(Duration.ofSeconds(60));
    rig.end(GapCause.OPERATOR);
    files.fault(call -> Outcome.ALL);
    finish(rig);

    AssetReport report = rig.verified();
    AssetReport.GapReport last = report.gaps().get(report.gaps().size() - 1);
    assertThat(report.gaps()).filteredOn(gap -> gap.end().isEmpty()).containsExactly(last);
    assertThat(last.start()).isEqualTo(report.runs().get(0).end());
    assertThat(last.causes()).containsExactly(GapCause.DISK_FULL, GapCause.OPERATOR);
  }

  @Test
  void write_fileIsBroken_goesOnInAnother() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(6));
    Path broken =
        files.calls().stream()
            .filter(RecordingFaultTest::isMediaWrite)
            .reduce((first, second) -> second)
            .orElseThrow()
            .path();
    files.fault(
        call ->
            call.path().equals(broken) && call.operation().equals("write")
                ? Outcome.fail(0, BROKEN)
                : Outcome.ALL);
    rig.record(Duration.ofSeconds(24));
    finish(rig);

    assertWhole(rig, Duration.ofSeconds(30), "one file broken");
    assertThat(rig.events(GraphEvent.StorageError.class)).hasSize(1);
    assertThat(rig.events(GraphEvent.StorageError.class).get(0).errorCode()).isEqualTo("ioError");
  }

  @Test
  void write_onlyAFewBytesACall_losesNothing() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    Random random = new Random(1);
    files.fault(
        call ->
            isMediaWrite(call)
                ? new Outcome(1 + random.nextInt(500), java.util.Optional.empty(), false)
                : Outcome.ALL);
    rig.record(LENGTH);
    files.fault(call -> Outcome.ALL);
    finish(rig);

    assertWhole(rig, LENGTH, "short writes");
    assertThat(rig.events(GraphEvent.StorageError.class)).isEmpty();
  }

  @Test
  void force_failsForEver_goesOnInAnotherFileOnce() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    files.fault(
        call ->
            call.operation().equals("force") && call.path().toString().endsWith(".part")
                ? Outcome.fail(0, BROKEN)
                : Outcome.ALL);
    rig.record(Duration.ofSeconds(30));
    finish(rig);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(1);
    assertThat(report.runs().get(0).end()).isEqualTo(Fixtures.START.plusSeconds(30));
    assertThat(report.segments()).isBetween(8, 10);
    assertThat(rig.events(GraphEvent.StorageError.class)).hasSizeBetween(1, 20);
    assertThat(rig.isFinished()).isTrue();
  }

  @Test
  void anyCall_failsOnce_losesNothing() throws IOException {
    for (Call call : calls()) {
      files = new MemoryFiles();
      RecorderRig rig = rig();
      files.fault(next -> next.number() == call.number() ? Outcome.fail(0, BROKEN) : Outcome.ALL);
      rig.camera.tracks();
      rig.record(LENGTH);
      finish(rig);

      assertWhole(rig, LENGTH, "failed once: " + call);
    }
  }

  @Test
  void anyWrite_tornAtAnyByte_losesNothing() throws IOException {
    for (Call call : calls()) {
      for (int bytes = 1; bytes < call.bytes(); bytes += 331) {
        files = new MemoryFiles();
        RecorderRig rig = rig();
        int written = bytes;
        files.fault(
            next -> next.number() == call.number() ? Outcome.fail(written, BROKEN) : Outcome.ALL);
        rig.camera.tracks();
        rig.record(LENGTH);
        finish(rig);

        assertWhole(rig, LENGTH, bytes + " bytes of " + call);
      }
    }
  }

  @Test
  void anyCall_processIsKilled_losesAtMostThePartBeingBuilt() throws IOException {
    for (Call call : calls()) {
      files = new MemoryFiles();
      RecorderRig rig = rig();
      files.fault(next -> next.number() == call.number() ? Outcome.powerCut(50) : Outcome.ALL);
      Instant killed = recordUntilPowerCut(rig);
      files.restartAfterKill();

      AssetReport report = recordAgain(call);
      if (report.runs().size() > 1) {
        Duration lost = Duration.between(report.runs().get(0).end(), killed);
        assertThat(lost).as("killed at " + call).isLessThan(Duration.ofMillis(1400));
      }
    }
  }

  @Test
  void anyCall_powerIsCut_leavesACleanAsset() throws IOException {
    Random random = new Random(5);
    for (Call call : calls()) {
      files = new MemoryFiles();
      RecorderRig rig = rig();
      files.fault(next -> next.number() == call.number() ? Outcome.powerCut(50) : Outcome.ALL);
      Instant cut = recordUntilPowerCut(rig);
      files.restartAfterPowerCut(random);

      AssetReport report = recordAgain(call);
      if (report.runs().size() > 1) {
        Duration lost = Duration.between(report.runs().get(0).end(), cut);
        assertThat(lost).as("power cut at " + call).isLessThan(Duration.ofSeconds(4));
      }
    }
  }

  private static Instant recordUntilPowerCut(RecorderRig rig) {
    try {
      rig.camera.tracks();
      rig.record(LENGTH);
      finish(rig);
    } catch (PowerCut e) {
      return rig.camera.now();
    }
    return rig.camera.now();
  }

  private AssetReport recordAgain(Call call) throws IOException {
    RecorderRig second = rig();
    second.camera.skip(25 * 100);
    second.camera.tracks();
    second.record(Duration.ofSeconds(5));
    finish(second);
    AssetReport report = second.verify();
    assertThat(report.problems()).as("ended at " + call).isEmpty();
    assertThat(second.isFinished()).as("ended at " + call).isTrue();
    return report;
  }

  private void removeAsset() throws IOException {
    for (Call call : files.calls()) {
      if (call.path().toString().contains("/2026")) {
        files.delete(call.path());
      }
    }
  }

  @Test
  void write_foldersAreRemoved_recordingGoesOnAndTheLossIsAGap() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(8));
    removeAsset();
    rig.record(Duration.ofSeconds(22));
    finish(rig);

    assertThat(rig.isFinished()).isTrue();
    AssetReport report = rig.verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.runs().get(report.runs().size() - 1).end())
        .isEqualTo(Fixtures.START.plusSeconds(30));
    assertThat(report.gaps())
        .anySatisfy(gap -> assertThat(gap.causes()).containsExactly(GapCause.STORAGE_ERROR));
    assertThat(rig.events(GraphEvent.StorageError.class)).isNotEmpty();
  }

  @Test
  void write_folderIsReadOnlyForAWhile_losesNothing() throws IOException {
    Set<String> changes = Set.of("create", "rename", "mkdirs", "delete");
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(6));
    files.fault(
        call ->
            changes.contains(call.operation())
                ? Outcome.fail(0, "Permission denied")
                : Outcome.ALL);
    rig.record(Duration.ofSeconds(10));
    files.fault(call -> Outcome.ALL);
    rig.record(Duration.ofSeconds(14));
    finish(rig);

    assertWhole(rig, Duration.ofSeconds(30), "read-only for 10 s");
  }
}
