package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.GapOrigin;
import io.lva.media.MediaType;
import io.lva.media.Sample;
import io.lva.media.UtcSource;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionReceiverTest {
  private static final long MILLI = 1_000_000L;
  private static final long UNIT = 3600;
  private static final String OTHER_SPS = "6742c01ed903c56840000003004000000c03c58b92";

  @Test
  void rtp_liveCamera_holdsHalfASecondAndLosesNothing() {
    TestCamera camera = TestCamera.live().start();
    camera.play(13);
    assertThat(camera.output.calls).isEmpty();
    camera.play(2);
    assertThat(camera.output.calls).startsWith("tracks", "utc arrival", "sync", "sample");
    assertThat(camera.output.samples.size()).isGreaterThanOrEqualTo(13);
    camera.play(100);
    assertThat(camera.output.samples).hasSize(115);
    assertThat(camera.output.opened).isEmpty();
    Sample first = camera.output.samples.get(0);
    assertThat(first.utcNanos()).isEqualTo(TestCamera.START_UTC);
    assertThat(camera.receiver.statistics().utcSource()).contains(UtcSource.ARRIVAL);
    assertThat(camera.receiver.statistics().samples()).isEqualTo(115);
    camera.receiver.end(GapCause.OPERATOR);
    assertThat(camera.output.ended).containsExactly(GapCause.OPERATOR);
    assertThat(camera.slabs.usedBytes()).isZero();
  }

  @Test
  void rtp_presentation_equalsTheRtpTimestampToTheTick() {
    TestCamera camera = TestCamera.live().start();
    long start = camera.timestamp;
    camera.play(500);
    camera.receiver.end(GapCause.OPERATOR);
    for (int i = 0; i < 500; i++) {
      assertThat(camera.output.presentation(i)).isEqualTo((1L << 32) + start + i * UNIT);
    }
  }

  @Test
  void rtp_burstBeforeLivePictures_utcIsThatOfTheLiveOnes() {
    TestCamera camera = TestCamera.live().start();
    for (int i = 0; i < 40; i++) {
      camera.picture(camera.timestamp, i == 0);
      camera.timestamp += UNIT;
      camera.advance(MILLI);
    }
    camera.play(20);
    Sample first = camera.output.samples.get(0);
    assertThat(first.sync()).isTrue();
    assertThat(TestCamera.START_UTC - first.utcNanos()).isBetween(1500 * MILLI, 1600 * MILLI);
  }

  @Test
  void rtp_paceNeverMatches_isHeldForThreeSecondsAtMost() {
    TestCamera camera = TestCamera.live().start();
    long start = camera.nanoTime;
    while (camera.output.samples.isEmpty()) {
      camera.picture(camera.timestamp, camera.nanoTime == start);
      camera.timestamp += 2 * UNIT;
      camera.advance(40 * MILLI);
    }
    assertThat(camera.nanoTime - start).isBetween(2900 * MILLI, 3100 * MILLI);
  }

  @Test
  void rtp_twoMebibytesHeld_areReleased() {
    TestCamera camera =
        new TestCamera(ReceiverOptions.defaults().withMaximumHold(Duration.ofHours(1), 10_000));
    camera.start();
    String large = "419a" + "55".repeat(1000);
    camera.packet(0, true, "6588");
    for (int i = 1; i < 12; i++) {
      camera.packet(i * UNIT, true, large);
    }
    assertThat(camera.output.samples).hasSizeBetween(9, 12);
  }

  @Test
  void rtp_loss_dropsToTheNextSyncSampleAndTellsTheGap() {
    TestCamera camera = TestCamera.live().start();
    camera.play(60);
    camera.lose(1);
    camera.timestamp += UNIT;
    camera.advance(40 * MILLI);
    for (int i = 0; i < 5; i++) {
      camera.picture(camera.timestamp, false);
      camera.timestamp += UNIT;
      camera.advance(40 * MILLI);
    }
    camera.play(3);

    assertThat(camera.output.samples).hasSize(63);
    assertThat(camera.output.opened).hasSize(2);
    Gap gap = camera.output.closed.get(0);
    assertThat(gap.id()).isEqualTo(camera.output.opened.get(0).id());
    assertThat(gap.origin()).isEqualTo(GapOrigin.SOURCE);
    assertThat(gap.causes()).containsExactly(GapCause.PACKET_LOSS, GapCause.WAITING_FOR_SYNC);
    assertThat(gap.start()).isEqualTo(utc(60 * 40 * MILLI));
    assertThat(gap.end()).contains(utc(66 * 40 * MILLI));
    ReceiverStatistics statistics = camera.receiver.statistics();
    assertThat(statistics.lostPackets()).isEqualTo(1);
    assertThat(statistics.droppedAccessUnits()).isEqualTo(5);
    assertThat(statistics.gaps()).isEqualTo(1);
  }

  @Test
  void connectionLost_parameterSetsUnknown_countsWhatIsDropped() {
    TestCamera camera = TestCamera.live().start(TestCamera.format(Map.of()));
    camera.play(3);
    camera.receiver.connectionLost(GapCause.STREAM_ENDED);
    assertThat(camera.receiver.statistics().droppedAccessUnits()).isEqualTo(3);

    camera.start(TestCamera.format(Map.of()));
    camera.play(2);
    camera.receiver.end(GapCause.OPERATOR);
    assertThat(camera.receiver.statistics().droppedAccessUnits()).isEqualTo(5);
    assertThat(camera.output.samples).isEmpty();
  }

  @Test
  void rtp_lossWithinAPicture_dropsIt() {
    TestCamera camera = TestCamera.live().start();
    camera.play(60);
    camera
        .packet(camera.timestamp, false, "5c81 9a01")
        .lose(1)
        .packet(camera.timestamp, true, "5c41 02");
    camera.timestamp += UNIT;
    camera.advance(40 * MILLI);
    camera.play(1);
    assertThat(camera.output.samples).hasSize(61);
    assertThat(camera.output.closed.get(0).start()).isEqualTo(utc(60 * 40 * MILLI));
    assertThat(camera.output.closed.get(0).end()).contains(utc(61 * 40 * MILLI));
  }

  @Test
  void rtp_lossDuringTheHold_gapLiesBetweenTheSamples() {
    TestCamera camera = TestCamera.live().start();
    camera.play(5);
    camera.lose(3);
    camera.play(30);
    assertThat(camera.output.calls)
        .startsWith(
            "tracks",
            "utc arrival",
            "sync",
            "sample",
            "sample",
            "sample",
            "sample",
            "open packet-loss",
            "close",
            "sync",
            "sample");
  }

  @Test
  void rtp_joinedInTheMiddle_beginsAtTheFirstSyncSampleWithoutGap() {
    TestCamera camera = TestCamera.live().start();
    camera.packet(camera.timestamp, true, "5c41 02");
    camera.picture(camera.timestamp + UNIT, false);
    camera.timestamp += 2 * UNIT;
    camera.play(30);
    assertThat(camera.output.calls).startsWith("tracks", "utc arrival", "sync");
    assertThat(camera.output.opened).isEmpty();
  }

  @Test
  void connectionLost_thenReconnected_oneGapWithAllCauses() {
    TestCamera camera = TestCamera.live().start();
    camera.play(50);
    camera.receiver.connectionLost(GapCause.NO_MEDIA);
    camera.receiver.failed(GapCause.CAMERA_UNREACHABLE);
    camera.receiver.failed(GapCause.CAMERA_UNREACHABLE);
    camera.receiver.failed(GapCause.AUTHENTICATION);
    camera.advance(60_000 * MILLI);
    camera.timestamp = 77;
    camera.sequence = 5;
    camera.start();
    camera.play(50);

    assertThat(camera.output.tracks).hasSize(1);
    assertThat(camera.output.opened).hasSize(3);
    assertThat(camera.output.closed).hasSize(1);
    Gap gap = camera.output.closed.get(0);
    assertThat(gap.causes())
        .containsExactly(GapCause.NO_MEDIA, GapCause.CAMERA_UNREACHABLE, GapCause.AUTHENTICATION);
    assertThat(gap.start()).isEqualTo(utc(2000 * MILLI));
    assertThat(gap.end()).contains(utc(62_000 * MILLI));
    assertThat(camera.output.samples).hasSize(100);
    assertThat(camera.output.samples.get(50).decodeTime()).isEqualTo((1L << 32) + 77);
    int close = camera.output.calls.indexOf("close");
    assertThat(camera.output.calls.subList(close - 1, close + 2))
        .containsExactly("utc arrival", "close", "sync");
  }

  @Test
  void connectionLost_duringTheHold_deliversWhatIsHeld() {
    TestCamera camera = TestCamera.live().start();
    camera.play(7);
    camera.receiver.connectionLost(GapCause.STREAM_ENDED);
    assertThat(camera.output.samples).hasSize(7);
    assertThat(camera.output.calls).endsWith("open stream-ended");
    assertThat(camera.slabs.usedBytes()).isZero();
  }

  @Test
  void connectionLost_beforeAnySample_opensNoGap() {
    TestCamera camera = TestCamera.live().start();
    camera.receiver.connectionLost(GapCause.NO_MEDIA);
    camera.receiver.failed(GapCause.AUTHENTICATION);
    camera.start();
    camera.picture(camera.timestamp, false);
    camera.receiver.connectionLost(GapCause.NO_MEDIA);
    assertThat(camera.output.calls).isEmpty();
  }

  @Test
  void rtp_otherFormatAfterReconnect_isAnnouncedBeforeTheGapCloses() {
    TestCamera camera = TestCamera.live().start();
    camera.play(50);
    camera.receiver.connectionLost(GapCause.FORMAT_CHANGE);
    camera.start(TestCamera.format(Map.of()));
    camera.packet(camera.timestamp, false, OTHER_SPS).packet(camera.timestamp, false, "68cb8cb2");
    camera.play(50);
    int close = camera.output.calls.indexOf("close");
    assertThat(camera.output.calls.subList(close - 3, close + 2))
        .containsExactly("open format-change", "tracks", "utc arrival", "close", "sync");
    Sample last = camera.output.samples.get(99);
    assertThat(last.track()).isSameAs(camera.output.tracks.get(1).tracks().get(0));
  }

  @Test
  void rtp_formatChangesWithinAConnection_hasNoGap() {
    TestCamera camera = TestCamera.live().start();
    camera.play(50);
    camera.packet(camera.timestamp, false, OTHER_SPS).packet(camera.timestamp, false, "68cb8cb2");
    camera.play(50);
    assertThat(camera.output.tracks).hasSize(2);
    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.output.samples).hasSize(100);
    for (int i = 1; i < 100; i++) {
      Sample sample = camera.output.samples.get(i);
      assertThat(sample.decodeTime() - camera.output.samples.get(i - 1).decodeTime())
          .isEqualTo(UNIT);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, 3600})
  void rtp_hostClockSteps_newOriginAtASyncSampleWithoutLoss(long seconds) {
    TestCamera camera = TestCamera.live().start();
    camera.play(100);
    camera.utcOffset += seconds * TestCamera.SECOND;
    camera.play(500);
    assertThat(camera.output.samples).hasSize(600);
    assertThat(camera.output.closed).hasSize(1);
    Gap gap = camera.output.closed.get(0);
    assertThat(gap.causes()).containsExactly(GapCause.CLOCK_STEP);
    Duration length = Duration.between(gap.start(), gap.end().orElseThrow());
    assertThat(length).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(camera.output.samples.get(599).utcNanos()).isEqualTo(camera.utcNanos() - 40 * MILLI);
  }

  @Test
  void rtp_cameraClockJumps_newOriginAtASyncSampleWithoutLossOfTime() {
    TestCamera camera = TestCamera.live().start();
    camera.play(110);
    camera.timestamp -= 100_000_000;
    camera.play(500);
    assertThat(camera.output.samples).hasSize(610);
    assertThat(camera.output.closed).hasSize(1);
    Gap gap = camera.output.closed.get(0);
    assertThat(gap.causes()).containsExactly(GapCause.CLOCK_STEP);
    assertThat(Duration.between(gap.start(), gap.end().orElseThrow())).isZero();
    for (int i = 1; i < 610; i++) {
      long distance =
          camera.output.samples.get(i).utcNanos() - camera.output.samples.get(i - 1).utcNanos();
      assertThat(distance).isEqualTo(40 * MILLI);
    }
  }

  @Test
  void rtp_oneFrameJumps_everyPictureIsKept() {
    TestCamera camera = TestCamera.live().start();
    camera.play(75);
    camera.picture(camera.timestamp + 37_600L * 90_000, false);
    camera.timestamp += UNIT;
    camera.advance(40 * MILLI);
    camera.play(75);
    assertThat(camera.output.samples).hasSize(151);
    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.receiver.statistics().filteredTimestamps()).isEqualTo(1);
    assertThat(camera.output.presentation(75) - camera.output.presentation(74)).isEqualTo(UNIT);
  }

  @Test
  void start_otherTracks_areIgnoredAndNoted() {
    TestCamera camera = TestCamera.live();
    TrackFormat audio =
        new TrackFormat(1, MediaType.AUDIO, 0, 8000, "G726-32", Map.of(), OptionalLong.empty());
    camera.start(audio, TestCamera.format(Map.of("sprop-parameter-sets", TestCamera.SDP_SETS)));
    ByteBuffer packet = TestCamera.rtp(0, 1, 0, 5, false, new byte[100]);
    camera.receiver.rtp(1, packet, camera.nanoTime, camera.utcNanos());
    camera.receiver.rtp(7, packet, camera.nanoTime, camera.utcNanos());
    camera.play(30);
    assertThat(camera.output.samples).hasSize(30);
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .containsExactlyInAnyOrder(Deviation.TRACK_IGNORED, Deviation.STREAM_NOT_SET_UP);
  }

  @Test
  void start_noKnownEncoding_ignoresEverything() {
    TestCamera camera = TestCamera.live().start();
    camera.play(30);
    camera.start(
        new TrackFormat(1, MediaType.AUDIO, 0, 8000, "G726-32", Map.of(), OptionalLong.empty()));
    camera.play(30);
    camera.receiver.end(GapCause.OPERATOR);
    assertThat(camera.output.samples).hasSize(30);
  }

  @Test
  void lastMediaNanos_onlyOwnPacketsCount() {
    TestCamera camera = TestCamera.live().start();
    assertThat(camera.receiver.lastMediaNanos()).isEqualTo(camera.nanoTime);
    long start = camera.nanoTime;
    camera.advance(TestCamera.SECOND);
    camera.receiver.rtp(
        0, TestCamera.rtp(50, 1, 0, 1, false, new byte[3]), camera.nanoTime, camera.utcNanos());
    assertThat(camera.receiver.lastMediaNanos()).isEqualTo(start);
    camera.picture(0, true);
    assertThat(camera.receiver.lastMediaNanos()).isEqualTo(camera.nanoTime);
  }

  @Test
  void receiverReport_afterLoss_tellsIt() {
    TestCamera camera = TestCamera.live().start();
    assertThat(camera.receiver.receiverReport(0, camera.nanoTime).remaining()).isZero();
    camera.sequence = 65_530;
    camera.play(8);
    camera.lose(2);
    camera.play(2);
    camera.receiver.rtcp(
        0,
        TestCamera.senderReport(0x1234, TestCamera.START_UTC, 5),
        camera.nanoTime,
        camera.utcNanos());
    camera.advance(1500 * MILLI);
    ByteBuffer report = camera.receiver.receiverReport(0, camera.nanoTime);
    assertThat(report.remaining() % 4).isZero();
    assertThat(RtcpReader.read(report, new NobodyListens())).isTrue();
    assertThat(report.getInt(0)).isEqualTo(0x81c90007);
    assertThat(report.getInt(8)).isEqualTo(0x1234);
    assertThat(report.getInt(12)).isEqualTo(((2 * 256 / 12) << 24) | 2);
    assertThat(report.getInt(16)).isEqualTo(65_530 + 11);
    assertThat(report.getInt(20)).isZero();
    assertThat(report.getInt(28)).isEqualTo(65_536 * 3 / 2);
    assertThat(report.getInt(32)).isEqualTo(0x81ca0003);
    assertThat(camera.receiver.receiverReport(5, camera.nanoTime).remaining()).isZero();
  }

  private static Instant utc(long afterStartNanos) {
    return Instant.ofEpochSecond(0, TestCamera.START_UTC).plusNanos(afterStartNanos);
  }

  private static final class NobodyListens implements RtcpReader.Listener {
    @Override
    public void senderReport(int ssrc, RtcpReader.SenderTimes report) {}

    @Override
    public void goodbye(int ssrc) {}
  }
}
