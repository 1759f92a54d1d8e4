package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.RecorderOptions;
import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.format.Utc;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetReport.GapReport;
import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.Track;
import io.lva.media.TrackSet;
import io.lva.media.codec.PcmParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound beside pictures, in the same files. */
class SoundRecordingTest {
  private static final long MEMORY = 1 << 20;

  private static RecorderRig rig(int segmentSeconds) {
    RecorderOptions options =
        RecorderOptions.defaults().segmentLength(Duration.ofSeconds(segmentSeconds));
    return new RecorderRig(Path.of("/store"), new MemoryFiles(), options, MEMORY);
  }

  @Test
  void record_audioAndVideo_isCleanOverFilesAndRuns() throws IOException {
    RecorderRig rig = rig(5);
    rig.recorder.tracks(TrackSet.of(Fixtures.VIDEO, Fixtures.AUDIO));
    long start = Utc.nanos(Fixtures.START);
    for (int i = 0; i < 25 * 60; i++) {
      long utc = start + i * CameraSim.FRAME_NANOS;
      rig.recorder.sample(Fixtures.sample(Fixtures.VIDEO, i * 3600L, utc, i % 50 == 0, 200));
      for (int half = 0; half < 2; half++) {
        rig.recorder.sample(
            Fixtures.sample(
                Fixtures.AUDIO, i * 320L + half * 160L, utc + half * 20_000_000L, true, 160));
      }
      if (i % 10 == 0) {
        rig.lane.pass(Duration.ofMillis(400));
      }
    }
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.segments()).isEqualTo(10);
    assertThat(report.runs()).hasSize(1);
  }

  /** Pictures all the time, and sound of a track, or none, in every second of a list. */
  private static void record(RecorderRig rig, List<Optional<Track>> soundBySecond) {
    long start = Utc.nanos(Fixtures.START);
    Optional<TrackSet> announced = Optional.empty();
    for (int i = 0; i < 25 * soundBySecond.size(); i++) {
      Optional<Track> sound = soundBySecond.get(i / 25);
      TrackSet tracks =
          sound
              .map(track -> TrackSet.of(Fixtures.VIDEO, track))
              .orElse(TrackSet.of(Fixtures.VIDEO));
      if (!announced.equals(Optional.of(tracks))) {
        announced = Optional.of(tracks);
        rig.recorder.tracks(tracks);
      }
      long utc = start + i * CameraSim.FRAME_NANOS;
      rig.recorder.sample(Fixtures.sample(Fixtures.VIDEO, i * 3600L, utc, i % 50 == 0, 200));
      int picture = i;
      sound.ifPresent(track -> rig.recorder.sample(sound(track, picture, utc)));
      if (i % 10 == 0) {
        rig.lane.pass(Duration.ofMillis(400));
      }
    }
    rig.end(GapCause.OPERATOR);
  }

  private static Sample sound(Track track, int picture, long utc) {
    return Fixtures.sample(track, (long) picture * track.timescale() / 25, utc, true, 160);
  }

  @Test
  void record_audioComesChangesAndGoes_keepsTheRun() throws IOException {
    RecorderRig rig = rig(60);
    Track other = new Track(2, 48_000, new PcmParameters(PcmParameters.Encoding.MU_LAW, 48_000, 1));
    List<Optional<Track>> sound = new ArrayList<>();
    sound.addAll(Collections.nCopies(11, Optional.empty()));
    sound.addAll(Collections.nCopies(11, Optional.of(Fixtures.AUDIO)));
    sound.addAll(Collections.nCopies(11, Optional.of(other)));
    sound.addAll(Collections.nCopies(11, Optional.empty()));
    record(rig, sound);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(1);
    assertThat(report.segments()).isEqualTo(4);
    List<GapReport> holes =
        report.gaps().stream().filter(gap -> !gap.causes().contains(GapCause.OPERATOR)).toList();
    assertThat(holes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 300})
  void record_audioIsSilentForAMinute_keepsTheRunOverItsFiles(int seconds) throws IOException {
    RecorderRig rig = rig(seconds);
    rig.recorder.tracks(TrackSet.of(Fixtures.VIDEO, Fixtures.AUDIO));
    long start = Utc.nanos(Fixtures.START);
    for (int i = 0; i < 25 * 100; i++) {
      long utc = start + i * CameraSim.FRAME_NANOS;
      rig.recorder.sample(Fixtures.sample(Fixtures.VIDEO, i * 3600L, utc, i % 50 == 0, 200));
      if (i < 25 * 21 || i >= 25 * 81) {
        rig.recorder.sample(sound(Fixtures.AUDIO, i, utc));
      }
      if (i % 10 == 0) {
        rig.lane.pass(Duration.ofMillis(400));
      }
    }
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(1);
    assertThat(rig.count("lva.recording.late.samples")).isZero();
  }

  @Test
  void record_cameraComesBackWithAudio_keepsTheRunOverTheBridge() throws IOException {
    RecorderRig rig = rig(60);
    rig.camera.tracks();
    rig.record(Duration.ofSeconds(7));
    Gap gap = rig.camera.open(GapCause.CAMERA_UNREACHABLE);
    rig.pause(Duration.ofSeconds(3));
    rig.recorder.tracks(TrackSet.of(Fixtures.VIDEO, Fixtures.AUDIO));
    rig.camera.resume(gap);
    for (int i = 0; i < 25 * 20; i++) {
      rig.recorder.sample(sound(Fixtures.AUDIO, i, Utc.nanos(rig.camera.now())));
      rig.record(Duration.ofMillis(40));
    }
    rig.end(GapCause.OPERATOR);

    AssetReport report = rig.verified();
    assertThat(report.runs()).hasSize(1);
    assertThat(report.segments()).isEqualTo(2);
    assertThat(report.gaps().get(0).causes()).contains(GapCause.CAMERA_UNREACHABLE);
  }
}
