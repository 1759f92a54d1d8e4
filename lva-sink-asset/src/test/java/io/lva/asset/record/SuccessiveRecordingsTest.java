package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.verify.AssetReport;
import io.lva.event.GraphEvent;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Several recordings of one asset, the later of which meets what the earlier one has left. */
class SuccessiveRecordingsTest {
  private static final long MEMORY = 1 << 20;

  private final MemoryFiles files = new MemoryFiles();

  private RecorderRig rig() {
    return new RecorderRig(Path.of("/store"), files, RecorderOptions.defaults(), MEMORY);
  }

  /** What a large archive holds is looked through longer than a stop may take. */
  @Test
  void abandon_checkOfTheAssetLasts_nothingIsToldThatIsWritten() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);
    rig.pause(Duration.ofSeconds(60));
    rig.lane.holdBackground();
    rig.camera.tracks(Fixtures.VIDEO);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);
    assertThat(rig.isFinished()).isFalse();

    rig.sessions.get(1).abandon();

    assertThat(rig.events(GraphEvent.StorageError.class)).isEmpty();
    try (AssetReader reader = AssetReader.open(rig.store, RecorderRig.ASSET)) {
      assertThat(reader.newestEnd()).contains(Fixtures.START.plusSeconds(80));
    }
    rig.lane.doBackground();
    assertThat(rig.isFinished()).isTrue();
    assertThat(rig.verified().segments()).isEqualTo(2);
  }

  /** Its pre-roll reaches back to before the end of the one before, which is not written yet. */
  @Test
  void record_gateOpensAgainAtOnce_waitsForTheRecordingBefore() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.recorder.end(GapCause.GATE_CLOSED);
    rig.camera.tracks(Fixtures.VIDEO);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.GATE_CLOSED);

    assertThat(rig.isFinished()).isTrue();
    assertThat(rig.events(GraphEvent.StorageError.class)).isEmpty();
    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps())
        .allSatisfy(gap -> assertThat(gap.causes()).containsExactly(GapCause.GATE_CLOSED));
  }

  @Test
  void record_gateOpensAgainWhileTheArchiveIsChecked_goesOnWithoutAFault() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.GATE_CLOSED);
    rig.pause(Duration.ofSeconds(60));
    rig.lane.holdBackground();
    rig.camera.tracks(Fixtures.VIDEO);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.GATE_CLOSED);
    assertThat(rig.isFinished()).isFalse();

    rig.camera.tracks(Fixtures.VIDEO);
    rig.record(Duration.ofSeconds(10));
    rig.lane.doBackground();
    rig.end(GapCause.OPERATOR);
    rig.lane.doBackground();

    assertThat(rig.isFinished()).isTrue();
    assertThat(rig.events(GraphEvent.StorageError.class)).isEmpty();
    assertThat(rig.verified().runs()).hasSize(3);
  }

  @Test
  void record_twiceWithAPause_appendsWithGapOfTheOperator() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);
    rig.pause(Duration.ofSeconds(60));
    rig.camera.tracks(Fixtures.VIDEO);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps()).hasSize(2);
    assertThat(report.gaps().get(0).start()).isEqualTo(Fixtures.START.plusSeconds(10));
    assertThat(report.gaps().get(0).end()).contains(Fixtures.START.plusSeconds(70));
    assertThat(report.gaps().get(0).causes()).containsExactly(GapCause.OPERATOR);
  }

  @Test
  void record_processKilled_nextRecordingStatesIt() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(45));
    files.restartAfterKill();

    RecorderRig second = rig();
    second.camera.skip(25 * 100);
    second.camera.tracks();
    second.record(Duration.ofSeconds(10));
    second.end(GapCause.OPERATOR);

    AssetReport report = second.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps().get(0).causes()).containsExactly(GapCause.PROCESS_STOPPED);
    assertThat(report.gaps().get(0).origin()).isEqualTo(GapOrigin.START_UP);
    Duration lost = Duration.between(report.runs().get(0).end(), Fixtures.START.plusSeconds(45));
    assertThat(lost).isLessThan(Duration.ofMillis(760));
    assertThat(report.gaps().get(0).end()).contains(Fixtures.START.plusSeconds(100));
  }

  @Test
  void record_assetInUse_waitsAndGoesOn() throws IOException {
    RecorderRig rig = rig();
    Instant opened = Fixtures.START;
    try (AssetFolder other = AssetFolder.open(rig.store, RecorderRig.ASSET, rig.clock)) {
      assertThat(other.recovered().lastEnd()).isEmpty();
      rig.camera.tracks();
      rig.record(Duration.ofSeconds(5));
      assertThat(rig.events(GraphEvent.StorageError.class)).hasSize(1);
    }
    rig.lane.pass(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs().get(0).start()).isEqualTo(opened);
    assertThat(report.runs().get(0).end()).isEqualTo(opened.plusSeconds(5));
  }
}
