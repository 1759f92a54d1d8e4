package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.rtp.payload.TrackFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Sound beside pictures: its place on the clock of the session. */
class FollowerTrackTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = TestCamera.SECOND;
  private static final int AUDIO_SSRC = 0x77;
  private static final long AUDIO_BASE = 4_294_960_000L;
  private static final int PACKET_TICKS = 160;
  private static final TrackFormat AUDIO =
      new TrackFormat(1, MediaType.AUDIO, 8, 8000, "PCMA", Map.of(), OptionalLong.empty());

  private final TestCamera camera = TestCamera.live();
  private final long start = camera.nanoTime;
  private final long videoBase = camera.timestamp;
  private int audioPackets;

  private void connect() {
    camera.start(TestCamera.format(Map.of("sprop-parameter-sets", TestCamera.SDP_SETS)), AUDIO);
  }

  /** Sends pictures as they are taken, and sound that comes later than its end. */
  private void play(int pictures, long latenessNanos) {
    for (int i = 0; i < pictures; i++) {
      picture(i);
      sound(latenessNanos);
    }
  }

  private void picture(int number) {
    camera.picture(camera.timestamp, number % 50 == 0);
    camera.timestamp += TestCamera.UNIT;
    camera.advance(40 * MILLI);
  }

  private void sound(long latenessNanos) {
    while ((audioPackets + 1L) * 20 * MILLI + latenessNanos <= camera.nanoTime - start) {
      long timestamp = AUDIO_BASE + (long) audioPackets * PACKET_TICKS;
      camera.receiver.rtp(
          1,
          TestCamera.rtp(8, audioPackets & 0xffff, timestamp, AUDIO_SSRC, false, new byte[160]),
          camera.nanoTime,
          camera.utcNanos());
      audioPackets++;
    }
  }

  /** Sends a report of each track for the same instant, on a camera's clock that is off. */
  private void report(long videoOffNanos, long audioOffNanos) {
    long sinceStart = camera.nanoTime - start;
    report(0, camera.ssrc, videoOffNanos, videoBase + sinceStart * 90_000 / SECOND);
    report(1, AUDIO_SSRC, audioOffNanos, AUDIO_BASE + sinceStart * 8000 / SECOND);
  }

  private void report(int track, int ssrc, long offNanos, long timestamp) {
    camera.receiver.rtcp(
        track,
        TestCamera.senderReport(ssrc, camera.utcNanos() + offNanos, timestamp),
        camera.nanoTime,
        camera.utcNanos());
  }

  private List<Sample> samples(int id) {
    return camera.output.samples.stream().filter(sample -> sample.track().id() == id).toList();
  }

  /** Asserts when the newest sound is said to have been recorded. */
  private void assertNewestSound(long toleranceNanos) {
    List<Sample> sound = samples(2);
    long recorded = TestCamera.START_UTC + (audioPackets - 1L) * 20 * MILLI;
    assertThat(sound.get(sound.size() - 1).utcNanos()).isCloseTo(recorded, within(toleranceNanos));
  }

  @Test
  void sound_onTime_isAtItsPlaceWithoutReports() {
    connect();
    play(250, 0);

    List<Sample> sound = samples(2);
    assertThat(sound).hasSize(audioPackets);
    for (int i = 1; i < sound.size(); i++) {
      assertThat(sound.get(i).decodeTime() - sound.get(i - 1).decodeTime()).isEqualTo(160);
    }
    assertNewestSound(20 * MILLI);
  }

  @Test
  void statistics_soundBesidePictures_countThePicturesApart() {
    connect();
    play(25, 0);

    ReceiverStatistics statistics = camera.receiver.statistics();
    assertThat(statistics.masterSamples()).isPositive().isEqualTo(samples(1).size());
    assertThat(statistics.samples() - statistics.masterSamples()).isEqualTo(samples(2).size());
  }

  @Test
  void sound_late_isPlacedByTheReportsOfBothTracks() {
    connect();
    play(100, 300 * MILLI);
    report(3600 * SECOND, 3600 * SECOND);
    play(150, 300 * MILLI);

    assertNewestSound(MILLI);
  }

  @Test
  void sound_reportsThatCannotBe_isPlacedByArrival() {
    connect();
    play(100, 0);
    report(0, 1800 * SECOND);
    play(150, 0);

    assertThat(samples(2)).hasSize(audioPackets);
    assertNewestSound(20 * MILLI);
  }

  @Test
  void sound_reportBeforeItsFirstPacket_counts() {
    connect();
    report(0, 0);
    play(150, 300 * MILLI);

    assertNewestSound(MILLI);
  }

  @Test
  void sound_stopsAndComesAgain_picturesHaveNoGap() {
    connect();
    play(100, 0);
    int packets = audioPackets;
    for (int i = 0; i < 500; i++) {
      picture(i);
    }
    audioPackets += 1000;
    play(100, 0);

    assertThat(samples(1)).hasSize(700);
    assertThat(camera.output.opened).isEmpty();
    assertThat(samples(2)).hasSize(packets + 200);
    assertNewestSound(20 * MILLI);
  }

  @Test
  void sound_withoutPictures_isCountedAsDroppedWhenTheConnectionEnds() {
    connect();
    camera.advance(SECOND / 10);
    sound(0);
    camera.receiver.connectionLost(GapCause.STREAM_ENDED);

    assertThat(audioPackets).isEqualTo(5);
    assertThat(camera.receiver.statistics().droppedAccessUnits()).isEqualTo(5);
  }

  @Test
  void sound_nothingMayBeHeld_isDroppedUntilThePicturesBegin() {
    TestCamera small = new TestCamera(ReceiverOptions.defaults().withMaximumHold(Duration.ZERO, 0));
    small.start(TestCamera.format(Map.of("sprop-parameter-sets", TestCamera.SDP_SETS)), AUDIO);
    for (int i = 0; i < 3; i++) {
      small.receiver.rtp(
          1,
          TestCamera.rtp(8, i, (long) i * PACKET_TICKS, AUDIO_SSRC, false, new byte[160]),
          small.nanoTime,
          small.utcNanos());
    }
    assertThat(small.receiver.statistics().droppedAccessUnits()).isEqualTo(3);

    small.picture(small.timestamp, true);
    small.receiver.end(GapCause.OPERATOR);
    assertThat(small.output.samples).hasSize(1);
  }
}
