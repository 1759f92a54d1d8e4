package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.format.Utc;
import io.lva.fmp4.SampleFlags;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.UtcSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssetRecorderTest {
  private final VirtualClock clock = new VirtualClock(Fixtures.START);
  private final ManualLoop loop = new ManualLoop(clock);
  private final CollectedRecording recording = new CollectedRecording();
  private final List<Instant> started = new ArrayList<>();
  private final AssetRecorder recorder =
      new AssetRecorder(
          Duration.ofMillis(500),
          loop,
          start -> {
            started.add(start);
            return recording;
          });
  private final CameraSim camera = new CameraSim(recorder, Fixtures.START);

  private static Instant instant(long ticks) {
    return Utc.instant(ticks, Fixtures.TIMESCALE);
  }

  private List<QueueEntry.GopStart> runStarts() {
    List<QueueEntry.GopStart> starts = new ArrayList<>();
    long run = -1;
    for (QueueEntry entry : recording.entries) {
      if (entry instanceof QueueEntry.GopStart start && start.run().number() != run) {
        run = start.run().number();
        starts.add(start);
      }
    }
    return starts;
  }

  @Test
  void sample_steady_makesPartsOfHalfASecondWithoutHole() {
    camera.tracks();
    camera.seconds(10);
    recorder.end(GapCause.OPERATOR);

    List<Part> parts = recording.parts();
    assertThat(instant(parts.get(0).decodeTime())).isEqualTo(Fixtures.START);
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).decodeTime()).isEqualTo(parts.get(i - 1).end());
    }
    assertThat(parts)
        .allSatisfy(part -> assertThat(part.samples().durationTicks()).isLessThanOrEqualTo(46_800));
    assertThat(instant(parts.get(parts.size() - 1).end()))
        .isEqualTo(Fixtures.START.plusSeconds(10));
    assertThat(parts.stream().filter(Part::sync)).hasSize(5);
    assertThat(parts.stream().mapToInt(part -> part.samples().count()).sum()).isEqualTo(250);
    assertThat(SampleFlags.isSync(parts.get(0).samples().flags(0))).isTrue();
    assertThat(started).containsExactly(Fixtures.START);
  }

  /** Sends pictures of one group, 40 ms apart by their UTC, whatever their time says. */
  private void pictures(int count, int ticksApart, int bytes) {
    long utc = Utc.nanos(Fixtures.START);
    for (int i = 0; i < count; i++) {
      recorder.sample(
          Fixtures.sample(
              Fixtures.VIDEO, (long) i * ticksApart, utc + i * 40_000_000L, i == 0, bytes));
    }
  }

  @Test
  void sample_timeStandsStill_partsCloseByArrivals() {
    camera.tracks();
    pictures(250, 0, 200);

    List<Part> parts = recording.parts();
    assertThat(parts).hasSizeGreaterThan(15);
    assertThat(Duration.between(Fixtures.START, instant(parts.get(parts.size() - 1).end())))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
  }

  @Test
  void sample_timeHardlyMoves_partsCloseByArrivals() {
    camera.tracks();
    pictures(250, 1, 200);

    assertThat(recording.parts())
        .hasSizeGreaterThan(8)
        .allSatisfy(part -> assertThat(part.samples().count()).isLessThanOrEqualTo(26));
  }

  @Test
  void sample_neitherTimeNorUtcMoves_partsCloseByBytes() {
    int bytes = PartBuilder.MOST_BYTES / 4;
    long utc = Utc.nanos(Fixtures.START);
    camera.tracks();
    for (int i = 0; i < 21; i++) {
      recorder.sample(Fixtures.sample(Fixtures.VIDEO, i, utc, i == 0, bytes));
    }

    assertThat(recording.parts())
        .hasSize(4)
        .allSatisfy(
            part ->
                assertThat(part.samples().sizeBytes()).isLessThanOrEqualTo(PartBuilder.MOST_BYTES));
  }

  @Test
  void sample_largerThanAPart_isAPartAlone() {
    camera.bytes(PartBuilder.MOST_BYTES + 1).groupOf(2).tracks();
    camera.pictures(5);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.parts())
        .hasSize(5)
        .allSatisfy(part -> assertThat(part.samples().count()).isOne());
  }

  @Test
  void sample_twoPicturesOfOneTime_areSpread() {
    camera.tracks();
    long utc = Utc.nanos(Fixtures.START);
    for (int i = 0; i < 100; i++) {
      long time = (long) (i / 2) * 2 * CameraSim.FRAME_TICKS;
      recorder.sample(
          Fixtures.sample(Fixtures.VIDEO, time, utc + i * CameraSim.FRAME_NANOS, i == 0, 200));
    }
    recorder.end(GapCause.OPERATOR);

    List<Integer> durations = new ArrayList<>();
    for (Part part : recording.parts()) {
      for (int i = 0; i < part.samples().count(); i++) {
        durations.add(part.samples().duration(i));
      }
    }
    assertThat(durations).hasSize(100).allMatch(ticks -> ticks >= CameraSim.FRAME_TICKS / 4);
  }

  @Test
  void sample_beforeTheFirstSyncSample_isNotRecorded() {
    camera.tracks();
    camera.pictures(1);
    recorder.end(GapCause.OPERATOR);
    recording.entries.clear();

    camera.tracks();
    camera.seconds(3);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.parts().get(0).sync()).isTrue();
    assertThat(instant(recording.parts().get(0).decodeTime()))
        .isEqualTo(Fixtures.START.plusSeconds(2));
  }

  @Test
  void gap_ofTenSecondsOrLess_isBridged() {
    camera.tracks();
    camera.seconds(4);
    camera.lose(125, GapCause.PACKET_LOSS);
    camera.seconds(4);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.runs()).hasSize(1);
    List<Part> bridged =
        recording.parts().stream().filter(part -> part.bridged().isPresent()).toList();
    assertThat(bridged).hasSize(1);
    Gap gap = bridged.get(0).bridged().orElseThrow();
    assertThat(gap.start()).isEqualTo(Fixtures.START.plusSeconds(4));
    assertThat(gap.end()).contains(Fixtures.START.plusSeconds(9));
    assertThat(gap.causes()).containsExactly(GapCause.PACKET_LOSS);
    assertThat(instant(bridged.get(0).decodeTime())).isEqualTo(gap.end().orElseThrow());
    assertContinuous();
  }

  private void assertContinuous() {
    List<Part> parts = recording.parts();
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).decodeTime()).isEqualTo(parts.get(i - 1).end());
    }
  }

  @Test
  void gap_reconnectWithNewOrigin_isBridgedByUtc() {
    camera.tracks();
    camera.seconds(4);
    camera.reconnect(Duration.ofSeconds(8), -123_456_789L);
    camera.seconds(2);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.runs()).hasSize(1);
    assertContinuous();
    Part last = recording.parts().get(recording.parts().size() - 1);
    assertThat(instant(last.end())).isEqualTo(Fixtures.START.plusSeconds(14));
  }

  @Test
  void gap_longer_beginsANewRun() {
    camera.tracks();
    camera.seconds(4);
    camera.reconnect(Duration.ofSeconds(30), 1_000_000);
    camera.seconds(2);
    recorder.end(GapCause.OPERATOR);

    assertThat(runStarts()).hasSize(2);
    Gap gap = runStarts().get(1).gaps().get(0);
    assertThat(gap.causes()).containsExactly(GapCause.CAMERA_UNREACHABLE);
    List<Part> parts = recording.parts();
    assertThat(parts)
        .anySatisfy(
            part -> assertThat(instant(part.end())).isEqualTo(Fixtures.START.plusSeconds(4)));
    assertThat(instant(parts.get(parts.size() - 1).end()))
        .isEqualTo(Fixtures.START.plusSeconds(36));
  }

  @Test
  void gap_nobodyClosesIt_runEndsByTimer() {
    camera.tracks();
    camera.seconds(3);
    camera.open(GapCause.NO_MEDIA);

    clock.advance(Duration.ofSeconds(13));
    loop.runDue();

    assertThat(recording.entries.get(recording.entries.size() - 1))
        .isEqualTo(new QueueEntry.RunEnd());
    assertThat(recording.parts().stream().mapToInt(part -> part.samples().count()).sum())
        .isEqualTo(75);
    assertThat(recording.opened).hasSize(1);
  }

  @Test
  void gap_opened_handsOverAllButTheLastSample() {
    camera.tracks();
    camera.seconds(1);
    camera.open(GapCause.NO_MEDIA);

    assertThat(recording.parts().stream().mapToInt(part -> part.samples().count()).sum())
        .isEqualTo(24);
  }

  @Test
  void gap_waitingForSync_isACauseAndDropsWhatCannotBeDecoded() {
    camera.tracks();
    camera.seconds(3);
    Gap gap = camera.open(GapCause.CAMERA_UNREACHABLE);
    camera.skip(25 * 20);
    recorder.gapClosed(gap.closedAt(camera.now()));
    camera.seconds(3);
    recorder.end(GapCause.OPERATOR);

    assertThat(runStarts().get(1).gaps().get(0).causes())
        .containsExactly(GapCause.CAMERA_UNREACHABLE, GapCause.WAITING_FOR_SYNC);
    assertThat(recording.parts()).anySatisfy(part -> assertThat(part.sync()).isTrue());
  }

  @Test
  void gap_nothingMissing_isClosedWithoutTrace() {
    camera.tracks();
    camera.seconds(2);
    camera.lose(0, GapCause.PACKET_LOSS);
    camera.seconds(2);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.closed).hasSize(1);
    assertThat(recording.closed.get(0).end()).contains(recording.closed.get(0).start());
    assertThat(recording.parts()).allSatisfy(part -> assertThat(part.bridged()).isEmpty());
    assertContinuous();
  }

  @Test
  void tracks_same_goesOn() {
    camera.tracks();
    camera.seconds(2);
    camera.tracks();
    camera.seconds(2);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.runs()).hasSize(1);
    assertContinuous();
  }

  @Test
  void tracks_other_beginsARunAtTheTickWhereTheOldEnded() {
    camera.tracks();
    camera.seconds(2);
    camera.tracks(Fixtures.SMALL_VIDEO);
    camera.seconds(2);
    recorder.end(GapCause.OPERATOR);

    assertThat(runStarts()).hasSize(2);
    Gap gap = runStarts().get(1).gaps().get(0);
    assertThat(gap.origin()).isEqualTo(GapOrigin.MUXER);
    assertThat(gap.causes()).containsExactly(GapCause.FORMAT_CHANGE);
    assertContinuous();
  }

  @Test
  void sample_clockStepsForward_newRunAtTheNextSyncSampleAfter5SecondsLosesNothing() {
    camera.tracks();
    camera.seconds(10);
    camera.step(Duration.ofHours(1));
    camera.seconds(20);
    recorder.end(GapCause.OPERATOR);

    assertThat(runStarts()).hasSize(2);
    assertThat(runStarts().get(1).gaps().get(0).causes()).containsExactly(GapCause.CLOCK_STEP);
    assertThat(recording.parts().stream().mapToInt(part -> part.samples().count()).sum())
        .isEqualTo(750);
    Part last = recording.parts().get(recording.parts().size() - 1);
    assertThat(Duration.between(instant(last.end()), camera.now()).abs())
        .isLessThan(Duration.ofMillis(1));
  }

  @Test
  void sample_clockStepsBack_newRunOverlaps() {
    camera.tracks();
    camera.seconds(10);
    camera.step(Duration.ofSeconds(-30));
    camera.seconds(20);
    recorder.end(GapCause.OPERATOR);

    assertThat(runStarts()).hasSize(2);
    List<Part> parts = recording.parts();
    assertThat(parts.get(parts.size() - 1).end()).isLessThan(parts.get(30).end() + 90_000L * 10);
    assertThat(parts.stream().mapToInt(part -> part.samples().count()).sum()).isEqualTo(750);
  }

  @Test
  void sample_shortStep_isForgotten() {
    camera.tracks();
    camera.seconds(10);
    camera.step(Duration.ofSeconds(100));
    camera.seconds(3);
    camera.step(Duration.ofSeconds(-100));
    camera.seconds(20);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.runs()).hasSize(1);
  }

  @Test
  void gap_clockStepAnnounced_newRunAtTheNextSyncSample() {
    camera.tracks();
    camera.seconds(5);
    Gap gap = camera.open(GapCause.CLOCK_STEP);
    camera.step(Duration.ofSeconds(5));
    recorder.gapClosed(gap.closedAt(camera.now()));
    camera.seconds(5);
    recorder.end(GapCause.OPERATOR);

    assertThat(runStarts()).hasSize(2);
    assertThat(recording.parts().stream().mapToInt(part -> part.samples().count()).sum())
        .isEqualTo(250);
    assertThat(instant(recording.parts().get(recording.parts().size() - 1).end()))
        .isEqualTo(camera.now());
  }

  @Test
  void sample_holeThatNobodyAnnounced_beginsANewRun() {
    camera.tracks();
    camera.seconds(4);
    camera.skip(25 * 56);
    camera.seconds(4);
    recorder.end(GapCause.OPERATOR);

    assertThat(runStarts()).hasSize(2);
    assertThat(runStarts().get(1).gaps().get(0).causes()).containsExactly(GapCause.NO_MEDIA);
  }

  @Test
  void utcSource_camera_isNotSlewed() {
    camera.tracks();
    recorder.utcSource(UtcSource.CAMERA, 0);
    camera.seconds(2);
    camera.step(Duration.ofMillis(500));
    camera.seconds(8);
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.parts())
        .allSatisfy(part -> assertThat(part.samples().duration(0)).isEqualTo(3600));
  }

  @Test
  void end_operator_isAGapFromThere() {
    camera.tracks();
    camera.seconds(1);
    recorder.end(GapCause.OPERATOR);

    QueueEntry last = recording.entries.get(recording.entries.size() - 1);
    Gap gap = ((QueueEntry.RecordingEnd) last).gap();
    assertThat(gap.causes()).containsExactly(GapCause.OPERATOR);
    assertThat(gap.start()).isEqualTo(Fixtures.START.plusSeconds(1));
  }

  @Test
  void end_withoutMedia_isNoRecording() {
    camera.tracks();
    recorder.end(GapCause.OPERATOR);

    assertThat(started).isEmpty();
    assertThat(recording.entries).isEmpty();
  }

  @Test
  void end_thenTracks_isAnotherRecording() {
    camera.tracks();
    camera.seconds(2);
    recorder.end(GapCause.GATE_CLOSED);
    camera.skip(25 * 100);
    camera.tracks(Fixtures.VIDEO);
    camera.seconds(2);
    recorder.end(GapCause.GATE_CLOSED);

    assertThat(started).hasSize(2);
  }
}
