package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.LiveAsset;
import io.lva.asset.LivePart;
import io.lva.asset.LiveSegment;
import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.format.Utc;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.event.GraphEvent;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.UtcSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final long MEMORY = 1 << 20;
  private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");

  private final MemoryFiles files = new MemoryFiles();

  private RecorderRig rig() {
    return rig(RecorderOptions.defaults());
  }

  private RecorderRig rig(RecorderOptions options) {
    return new RecorderRig(Path.of("/store"), files, options, MEMORY);
  }

  @Test
  void record_twoMinutes_makesSegmentsOf30Seconds() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofMinutes(2));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(rig.isFinished()).isTrue();
    assertThat(report.segments()).isEqualTo(4);
    assertThat(report.runs()).hasSize(1);
    assertThat(report.runs().get(0).start()).isEqualTo(Fixtures.START);
    assertThat(report.runs().get(0).end()).isEqualTo(Fixtures.START.plusSeconds(120));
    assertThat(report.gaps()).hasSize(1);
    assertThat(report.gaps().get(0).end()).isEmpty();
    assertThat(report.gaps().get(0).causes()).containsExactly(GapCause.OPERATOR);
  }

  @Test
  void record_events_comeInOrder() {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(3));

    assertThat(rig.events(GraphEvent.RecordingAvailable.class)).hasSize(1);
    assertThat(rig.events(GraphEvent.RecordingAvailable.class).get(0).time())
        .isEqualTo(Fixtures.START.plusSeconds(2));
    rig.record(Duration.ofSeconds(60));
    rig.end(GapCause.OPERATOR);

    assertThat(rig.events(GraphEvent.RecordingAvailable.class)).hasSize(1);
    assertThat(rig.events(GraphEvent.RecordingStopped.class)).hasSize(1);
    assertThat(rig.events(GraphEvent.RecordingStopped.class).get(0).time())
        .isEqualTo(Fixtures.START.plusSeconds(63));
    assertThat(rig.events).hasSize(2);
  }

  @Test
  void record_shortClip_isAvailableBeforeStopped() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofMillis(800));
    rig.end(GapCause.GATE_CLOSED);

    rig.verified();
    assertThat(rig.events)
        .hasExactlyElementsOfTypes(
            GraphEvent.RecordingAvailable.class, GraphEvent.RecordingStopped.class);
  }

  @Test
  void record_cameraGoesAway_gapIsOpenWhileItLasts() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.camera.open(GapCause.CAMERA_UNREACHABLE);
    rig.pause(Duration.ofSeconds(30));

    AssetReport during = rig.verify();
    assertThat(during.gaps()).hasSize(1);
    assertThat(during.gaps().get(0).end()).isEmpty();
    LiveAsset live = rig.live.find(rig.store.root().toUri(), RecorderRig.ASSET).orElseThrow();
    assertThat(live.snapshot().openGap()).isPresent();

    rig.camera.reconnect(Duration.ZERO, 77);
    rig.record(Duration.ofSeconds(10));
    assertThat(live.snapshot().openGap()).isEmpty();
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps().get(0).end()).contains(Fixtures.START.plusSeconds(40));
    assertThat(rig.count("lva.recording.gap.milliseconds[cause, camera-unreachable]"))
        .isEqualTo(30_000);
  }

  @Test
  void record_shortHole_isInTheFile() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.camera.lose(75, GapCause.PACKET_LOSS);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(1);
    assertThat(report.gaps().get(0).start()).isEqualTo(Fixtures.START.plusSeconds(10));
    assertThat(report.gaps().get(0).end()).contains(Fixtures.START.plusSeconds(13));
  }

  @Test
  void record_formatChange_beginsARun() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.camera.tracks(Fixtures.SMALL_VIDEO);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.runs().get(1).start()).isEqualTo(report.runs().get(0).end());
  }

  @Test
  void record_noSyncSampleForALongTime_cutsAtTwiceTheLength() throws IOException {
    RecorderRig rig = rig(RecorderOptions.defaults().segmentLength(Duration.ofSeconds(10)));
    rig.camera.tracks();
    rig.camera.groupOf(25 * 60);
    rig.record(Duration.ofSeconds(50));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.segments()).isEqualTo(3);
    assertThat(report.runs()).hasSize(1);
  }

  @Test
  void record_keyFramesFarApart_fragmentsStayShortAndSayThatTheyDepend() throws IOException {
    RecorderRig rig = rig();
    rig.camera.groupOf(30 * CameraSim.RATE).tracks();
    rig.record(Duration.ofSeconds(80));
    rig.end(GapCause.OPERATOR);

    rig.verified();
    List<Integer> independent = new ArrayList<>();
    try (AssetReader reader =
        AssetReader.openFolder(
            rig.store, rig.view().folder(), rig.live, Optional.empty(), rig.clock)) {
      List<Fragment> fragments = reader.fragments(Instant.EPOCH, LATER, 1);
      for (int i = 0; i < fragments.size(); i++) {
        Fragment fragment = fragments.get(i);
        assertThat(Duration.between(fragment.start(), fragment.end()))
            .isLessThanOrEqualTo(Duration.ofSeconds(6));
        if (fragment.independent()) {
          independent.add(i);
        }
      }
      assertThat(fragments).hasSize(16);
      assertThat(independent).containsExactly(0, 6, 12);
      // A portion begins with the fragment that its first picture needs.
      List<Fragment> portion =
          reader.fragments(Fixtures.START.plusSeconds(20), Fixtures.START.plusSeconds(25), 1);
      assertThat(portion.get(0)).isEqualTo(fragments.get(0));
      assertThat(portion).hasSize(5);
    }
  }

  @Test
  void record_sync_isAskedForEveryGroup() {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(20));

    long syncs =
        files.calls().stream()
            .filter(call -> call.operation().equals("force"))
            .filter(call -> call.path().toString().endsWith(".part"))
            .count();
    assertThat(syncs).isBetween(9L, 12L);
  }

  @Test
  void record_writes_areOneAPart() {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(20));

    long writes =
        files.calls().stream()
            .filter(call -> call.operation().equals("write"))
            .filter(call -> call.path().toString().endsWith(".part"))
            .count();
    assertThat(writes).isBetween(38L, 42L);
  }

  @Test
  void snapshot_whileRecording_showsPartsThatAreInTheFile() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(70));
    LiveAsset live = rig.live.find(rig.store.root().toUri(), RecorderRig.ASSET).orElseThrow();

    LiveAsset.Snapshot snapshot = live.snapshot();
    assertThat(snapshot.segments()).hasSize(3);
    assertThat(snapshot.segments().get(0).complete()).isTrue();
    LiveSegment open = snapshot.segments().get(2);
    assertThat(open.complete()).isFalse();
    LivePart first = open.parts().get(0);
    assertThat(first.offset()).isEqualTo(open.headBytes());
    assertThat(first.independent()).isTrue();
    for (int i = 1; i < open.parts().size(); i++) {
      LivePart part = open.parts().get(i);
      LivePart before = open.parts().get(i - 1);
      assertThat(part.offset()).isEqualTo(before.offset() + before.sizeBytes());
      assertThat(part.decodeTime()).isEqualTo(before.decodeTime() + before.durationTicks());
    }
    LivePart last = open.parts().get(open.parts().size() - 1);
    long size = rig.store.size(rig.view().path(open.currentFile())).orElseThrow();
    assertThat(last.offset() + last.sizeBytes()).isEqualTo(size);
    rig.end(GapCause.OPERATOR);
    assertThat(live.snapshot().ended()).isTrue();
    assertThat(rig.live.find(rig.store.root().toUri(), RecorderRig.ASSET)).isEmpty();
  }

  @Test
  void record_gaps_areAllThereIs() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(9));
    rig.camera.lose(30, GapCause.PACKET_LOSS);
    rig.record(Duration.ofSeconds(9));
    rig.camera.reconnect(Duration.ofSeconds(20), 5);
    rig.record(Duration.ofSeconds(9));
    rig.camera.tracks(Fixtures.SMALL_VIDEO);
    rig.record(Duration.ofSeconds(9));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(3);
    assertThat(report.gaps()) // none where the format changes, and nothing is missing
        .flatExtracting(GapReport::causes)
        .containsExactly(GapCause.PACKET_LOSS, GapCause.CAMERA_UNREACHABLE, GapCause.OPERATOR);
    Duration media = Duration.ZERO;
    for (AssetReport.RunReport run : report.runs()) {
      media = media.plus(Duration.between(run.start(), run.end()));
    }
    assertThat(media.plusSeconds(20)).isEqualTo(Duration.between(Fixtures.START, rig.camera.now()));
  }

  @Test
  void record_clockStepsBack_overlapsAndTheLaterRunWins() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(20));
    rig.camera.step(Duration.ofSeconds(-15));
    rig.record(Duration.ofSeconds(40));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.runs().get(1).start()).isBefore(report.runs().get(0).end());
    Duration media = Duration.ZERO;
    for (AssetReport.RunReport run : report.runs()) {
      media = media.plus(Duration.between(run.start(), run.end()));
    }
    assertThat(media.minusSeconds(60).abs()).isLessThan(Duration.ofMillis(40));
  }

  @Test
  void record_errorOfTheClockRises_theNextRunStatesItAndNothingIsLost() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.recorder.utcSource(UtcSource.ARRIVAL, 350_000_000);
    rig.record(Duration.ofSeconds(10));
    rig.recorder.utcSource(UtcSource.ARRIVAL, 360_000_000); // not worth a run
    rig.record(Duration.ofSeconds(10));
    rig.recorder.utcSource(UtcSource.ARRIVAL, 1_500_000_000);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.runs().get(1).start()).isEqualTo(report.runs().get(0).end());
    assertThat(report.runs().get(1).end()).isEqualTo(Fixtures.START.plusSeconds(30));
    List<Long> stated = new ArrayList<>();
    for (SegmentRow row : rig.view().index(Utc.day(Fixtures.START)).segments()) {
      stated.add(rig.view().scan(row.file()).origin().orElseThrow().utcErrorNanos());
    }
    assertThat(stated).containsExactly(350_000_000L, 1_500_000_000L);
  }

  /** The file says why; a hole of no length is none. */
  @Test
  void record_runThatOnlyFollowsAnother_isNoGapOfTheAsset() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(10));
    rig.recorder.utcSource(UtcSource.SENDER_REPORT, 1_000_000);
    rig.record(Duration.ofSeconds(10));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps())
        .extracting(GapReport::causes)
        .containsExactly(List.of(GapCause.OPERATOR));
    try (AssetReader reader =
        AssetReader.openFolder(
            rig.store, rig.view().folder(), rig.live, Optional.empty(), rig.clock)) {
      assertThat(reader.gaps(Fixtures.START, Fixtures.START.plusSeconds(60)))
          .extracting(gap -> gap.gap().causes())
          .containsExactly(List.of(GapCause.OPERATOR));
    }
    SegmentRow second = rig.view().index(Utc.day(Fixtures.START)).segments().get(1);
    assertThat(rig.view().scan(second.file()).origin().orElseThrow().gaps())
        .extracting(Gap::causes)
        .containsExactly(List.of(GapCause.CLOCK_STEP));
  }

  @Test
  void record_clockStepsForward_isAGap() throws IOException {
    RecorderRig rig = rig();
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(20));
    rig.camera.step(Duration.ofMinutes(10));
    rig.record(Duration.ofSeconds(40));
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(2);
    assertThat(report.gaps().get(0).causes()).containsExactly(GapCause.CLOCK_STEP);
  }
}
