package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.format.Utc;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.media.Ticks;
import io.lva.media.TrackSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Video and audio, which comes early, late, or not at all. */
class InterleavingTest {
  private static final long AUDIO_NANOS = 20_000_000;
  private static final int AUDIO_TICKS = 160;
  private static final long START_NANOS = Utc.nanos(Fixtures.START);

  private final VirtualClock clock = new VirtualClock(Fixtures.START);
  private final CollectedRecording recording = new CollectedRecording();
  private final AssetRecorder recorder =
      new AssetRecorder(Duration.ofMillis(500), new ManualLoop(clock), start -> recording);

  private void video(int number) {
    boolean sync = number % CameraSim.GROUP == 0;
    long utc = START_NANOS + number * CameraSim.FRAME_NANOS;
    recorder.sample(
        Fixtures.sample(Fixtures.VIDEO, (long) number * CameraSim.FRAME_TICKS, utc, sync, 100));
  }

  private void audio(int number) {
    long utc = START_NANOS + number * AUDIO_NANOS;
    recorder.sample(
        new Sample(
            Fixtures.AUDIO,
            777 + (long) number * AUDIO_TICKS,
            0,
            true,
            false,
            utc,
            Fixtures.data(true, 100)));
  }

  /** Both tracks in the order of their time, audio shifted by its lateness. */
  private void record(int seconds, long audioLatenessNanos) {
    recorder.tracks(TrackSet.of(Fixtures.VIDEO, Fixtures.AUDIO));
    int nextAudio = 0;
    for (int i = 0; i < seconds * CameraSim.RATE; i++) {
      video(i);
      long now = (i + 1) * CameraSim.FRAME_NANOS - audioLatenessNanos;
      while (nextAudio * AUDIO_NANOS < Math.min(now, seconds * 1_000_000_000L)) {
        audio(nextAudio++);
      }
    }
    recorder.end(GapCause.OPERATOR);
  }

  private List<Part> parts(int trackId) {
    return recording.parts().stream().filter(part -> part.track().id() == trackId).toList();
  }

  private int samples(int trackId) {
    return parts(trackId).stream().mapToInt(part -> part.samples().count()).sum();
  }

  private static long nanos(long ticks, int timescale) {
    return Ticks.convert(ticks, timescale, Ticks.NANOS_PER_SECOND);
  }

  /** The audio of each group starts within the group's interval. */
  private void assertGroups() {
    List<List<Part>> groups = new ArrayList<>();
    for (QueueEntry entry : recording.entries) {
      if (entry instanceof QueueEntry.GopStart) {
        groups.add(new ArrayList<>());
      } else if (entry instanceof QueueEntry.Media media) {
        groups.get(groups.size() - 1).add(media.part());
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      long start = nanos(groups.get(i).get(0).decodeTime(), 90_000);
      long end =
          i + 1 < groups.size()
              ? nanos(groups.get(i + 1).get(0).decodeTime(), 90_000)
              : Long.MAX_VALUE;
      for (Part part : groups.get(i)) {
        if (part.track().id() == 2) {
          assertThat(nanos(part.decodeTime(), 8000)).isBetween(start, end - 1);
          assertThat(nanos(part.end() - AUDIO_TICKS, 8000)).isLessThan(end);
        }
      }
    }
  }

  private void assertAudioContinues() {
    List<Part> audio = parts(2);
    for (int i = 1; i < audio.size(); i++) {
      assertThat(audio.get(i).decodeTime()).isEqualTo(audio.get(i - 1).end());
    }
  }

  @Test
  void audio_onTime_isBehindEachVideoPart() {
    record(20, 0);

    assertThat(samples(1)).isEqualTo(500);
    assertThat(samples(2)).isEqualTo(1000);
    assertGroups();
    assertAudioContinues();
    assertThat(recording.parts().get(0).track().id()).isEqualTo(1);
    assertThat(recording.parts().get(1).track().id()).isEqualTo(2);
  }

  @Test
  void audio_early_waitsForItsGroup() {
    record(20, -800_000_000);

    assertThat(samples(2)).isEqualTo(1000);
    assertGroups();
    assertAudioContinues();
  }

  @Test
  void audio_lateByLessThanASecond_losesNothing() {
    record(20, 900_000_000);

    assertThat(samples(1)).isEqualTo(500);
    assertThat(samples(2)).isBetween(954, 956);
    assertThat(recording.late).isZero();
    assertGroups();
    assertAudioContinues();
  }

  @Test
  void audio_laterThanASecond_isCountedAndVideoGoesOn() {
    record(20, 1_800_000_000);

    assertThat(samples(1)).isEqualTo(500);
    assertThat(recording.late).isPositive();
    assertGroups();
  }

  @Test
  void audio_neverComes_videoGoesOn() {
    record(20, Long.MAX_VALUE / 2);

    assertThat(samples(1)).isEqualTo(500);
    assertThat(samples(2)).isZero();
  }

  @Test
  void audio_alone_isRecorded() {
    recorder.tracks(TrackSet.of(Fixtures.AUDIO));
    for (int i = 0; i < 500; i++) {
      audio(i);
    }
    recorder.end(GapCause.OPERATOR);

    assertThat(samples(2)).isEqualTo(500);
    assertAudioContinues();
    assertThat(parts(2))
        .allSatisfy(part -> assertThat(part.samples().durationTicks()).isLessThan(5000));
  }

  @Test
  void audio_stopsForHalfAMinute_goesOnInTheRunOfTheVideo() {
    recorder.tracks(TrackSet.of(Fixtures.VIDEO, Fixtures.AUDIO));
    for (int i = 0; i < 60 * CameraSim.RATE; i++) {
      video(i);
      if (i < 250 || i > 1000) {
        audio(2 * i);
        audio(2 * i + 1);
      }
    }
    recorder.end(GapCause.OPERATOR);

    assertThat(recording.runs()).hasSize(1);
    assertThat(samples(1)).isEqualTo(1500);
    List<Part> video = parts(1);
    for (int i = 1; i < video.size(); i++) {
      assertThat(video.get(i).decodeTime()).isEqualTo(video.get(i - 1).end());
    }
    List<Part> audio = parts(2);
    long end = nanos(audio.get(audio.size() - 1).end(), 8000);
    assertThat(Math.abs(end - START_NANOS - 60_000_000_000L)).isLessThan(1_000_000);
    assertGroups();
  }
}
