package io.lva.rtp;

import static io.lva.rtp.TestCamera.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.UtcSource;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which packets belong to a session, and which do not. */
class SourceOfPacketsTest {
  private static final long MILLI = 1_000_000L;

  private static TrackFormat announcing(int ssrc) {
    return new TrackFormat(
        0,
        MediaType.VIDEO,
        96,
        90_000,
        "h264",
        Map.of("sprop-parameter-sets", TestCamera.SDP_SETS),
        OptionalLong.of(ssrc));
  }

  @Test
  void rtcp_senderReportBeforeTheFirstPacket_givesUtc() {
    TestCamera camera = TestCamera.live().start();
    long cameraUtc = TestCamera.START_UTC - 30 * MILLI;
    camera.receiver.rtcp(
        0,
        TestCamera.senderReport(0x1234, cameraUtc, camera.timestamp),
        camera.nanoTime,
        camera.utcNanos());
    camera.play(50);
    assertThat(camera.output.sources).containsExactly(UtcSource.SENDER_REPORT);
    assertThat(camera.output.samples.get(0).utcNanos()).isBetween(cameraUtc - 1000, cameraUtc);
    assertThat(camera.receiver.statistics().utcErrorNanos()).isEqualTo(350 * MILLI);
  }

  @Test
  void rtcp_unknownSource_isIgnored() {
    TestCamera camera = TestCamera.live().start();
    camera.play(1);
    camera.receiver.rtcp(0, TestCamera.senderReport(99, 0, 0), camera.nanoTime, camera.utcNanos());
    camera.play(50);
    assertThat(camera.output.sources).containsExactly(UtcSource.ARRIVAL);
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.REPORTS_OF_ANOTHER_SSRC);
  }

  @Test
  void rtp_channelsSwapped_bothAreUnderstood() {
    TestCamera camera = TestCamera.live().start();
    camera.receiver.rtp(
        0,
        TestCamera.senderReport(0x1234, TestCamera.START_UTC, camera.timestamp),
        camera.nanoTime,
        0);
    ByteBuffer media =
        TestCamera.rtp(96, 1, camera.timestamp, 0x1234, true, HexFormat.of().parseHex("6588"));
    camera.receiver.rtcp(0, media, camera.nanoTime, camera.utcNanos());
    camera.receiver.end(GapCause.OPERATOR);
    assertThat(camera.output.samples).hasSize(1);
    assertThat(camera.output.sources).containsExactly(UtcSource.SENDER_REPORT);
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.RTCP_ON_RTP_CHANNEL, Deviation.RTP_ON_RTCP_CHANNEL);
  }

  @Test
  void rtp_unknownPayloadTypeWithTheSameSequenceNumber_isIgnored() {
    // Geovision repeats the last sequence number with payload type 50.
    TestCamera camera = TestCamera.live().start();
    for (int i = 0; i < 50; i++) {
      camera.play(1);
      ByteBuffer foreign =
          TestCamera.rtp(50, camera.sequence - 1, camera.timestamp, 0x1234, false, new byte[10]);
      camera.receiver.rtp(0, foreign, camera.nanoTime, camera.utcNanos());
    }
    assertThat(camera.output.samples).hasSize(50);
    ReceiverStatistics statistics = camera.receiver.statistics();
    assertThat(statistics.foreignPackets()).isEqualTo(50);
    assertThat(statistics.duplicatePackets()).isZero();
    assertThat(statistics.lostPackets()).isZero();
    assertThat(statistics.deviations())
        .contains(
            new SeenDeviation(
                Deviation.UNKNOWN_PAYLOAD_TYPE,
                50,
                "payload type 50 instead of 96",
                "packet 65000 of track 0, RTP timestamp 1003600"));
  }

  @Test
  void rtp_packetsOfAnOldSessionFirst_announcedSourceIsReceived() {
    // Reolink RLC-410
    TestCamera camera = TestCamera.live();
    camera.start(announcing(0x1234));
    camera.ssrc = 0x9999;
    camera.sequence = 7;
    camera.play(10);
    camera.ssrc = 0x1234;
    camera.sequence = 30_000;
    camera.play(30);
    assertThat(camera.output.samples).hasSize(30);
    assertThat(camera.receiver.statistics().foreignPackets()).isEqualTo(10);
    assertThat(camera.receiver.statistics().lostPackets()).isZero();
  }

  @Test
  void rtp_announcedSourceIsWrong_isReceivedAndNotBelievedAgain() {
    TestCamera camera = TestCamera.live();
    TrackFormat format = announcing(0x42);
    camera.start(format);
    camera.play(100);
    assertThat(camera.output.samples).hasSize(100);
    camera.receiver.connectionLost(GapCause.STREAM_ENDED);
    camera.start(format);
    camera.receiver.ssrcAnnounced(0, 0x43);
    camera.play(50);
    assertThat(camera.output.samples).hasSize(150);
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.ANNOUNCED_SSRC_WRONG);
  }

  @Test
  void rtp_twoOtherSourcesInTurn_areForeignAndNotHeld() {
    TestCamera camera = TestCamera.live().start(announcing(1));
    for (int i = 0; i < 100; i++) {
      camera.ssrc = 2 + i % 2;
      camera.play(1);
    }
    assertThat(camera.receiver.statistics().foreignPackets()).isEqualTo(99);

    camera.receiver.end(GapCause.OPERATOR);
    assertThat(camera.receiver.statistics().foreignPackets()).isEqualTo(100);
    assertThat(camera.output.samples).isEmpty();
  }

  @Test
  void rtp_onePacketOfAThirdSource_isNotTakenForTheStreams() {
    TestCamera camera = TestCamera.live().start(announcing(1));
    camera.ssrc = 2;
    camera.picture(camera.timestamp - UNIT, true);
    camera.ssrc = 3;
    camera.play(SourceFilter.PERSISTENCE);
    camera.receiver.end(GapCause.OPERATOR);

    assertThat(camera.output.samples).hasSize(SourceFilter.PERSISTENCE);
    assertThat(camera.receiver.statistics().foreignPackets()).isEqualTo(1);
  }

  @Test
  void connectionLost_packetsOfAnotherSourceHeld_areForeign() {
    TestCamera camera = TestCamera.live().start();
    camera.play(10);
    camera.ssrc = 0x777;
    camera.play(SourceFilter.PERSISTENCE - 1);
    camera.receiver.connectionLost(GapCause.STREAM_ENDED);

    ReceiverStatistics statistics = camera.receiver.statistics();
    assertThat(statistics.foreignPackets()).isEqualTo(SourceFilter.PERSISTENCE - 1);
    assertThat(statistics.deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.ANOTHER_SSRC);
  }

  @Test
  void rtp_sourceChangesAtAKeyFrame_losesNothing() {
    TestCamera camera = TestCamera.live().start();
    camera.play(100);
    camera.ssrc = 0x777;
    camera.sequence = 12;
    camera.timestamp = 77;
    camera.play(100);
    assertThat(camera.output.samples).hasSize(200);
    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.SSRC_CHANGES);
    for (int i = 1; i < 200; i++) {
      long distance = camera.output.presentation(i) - camera.output.presentation(i - 1);
      assertThat(distance).isBetween(UNIT - 10, UNIT + 10);
    }
  }

  @Test
  void rtp_sourceChangesAmongReferences_waitsForTheNextKeyFrame() {
    TestCamera camera = TestCamera.live().start();
    camera.play(100);
    camera.ssrc = 0x777;
    for (int i = 0; i < 30; i++) {
      camera.picture(5_000 + i * UNIT, false).advance(TestCamera.SECOND / 25);
    }
    camera.timestamp = 5_000 + 30 * UNIT;
    camera.play(50);
    assertThat(camera.output.samples).hasSize(150);
    assertThat(camera.output.closed).hasSize(1);
    assertThat(camera.output.closed.get(0).causes()).containsExactly(GapCause.WAITING_FOR_SYNC);
  }

  @Test
  void rtp_notRtp_isCounted() {
    TestCamera camera = TestCamera.live().start();
    camera.receiver.rtp(0, ByteBuffer.wrap(new byte[20]), 0, 0);
    camera.receiver.rtcp(0, ByteBuffer.wrap(new byte[2]), 0, 0);
    assertThat(camera.receiver.statistics().malformedPackets()).isEqualTo(2);
  }
}
