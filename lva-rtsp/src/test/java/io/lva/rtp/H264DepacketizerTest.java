package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.SlabPool;
import io.lva.media.codec.H264Parameters;
import io.lva.rtp.payload.ParameterSetOrigin;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class H264DepacketizerTest {
  private static final String IDR = "658880aabb";
  private static final String P = "419a010203";
  private static final String SECOND_SLICE = "414a0102";

  @Test
  void packet_markerOnSliceLearntAtStart_laterUnitsEndAtTheMarker() {
    TestCamera camera = TestCamera.replay().start();
    for (int i = 0; i < 6; i++) {
      camera.picture(i * 3000L, i == 0);
    }
    assertThat(camera.output.samples).hasSize(6);
    camera.picture(6 * 3000L, false);
    assertThat(camera.output.samples).hasSize(7);
  }

  @Test
  void packet_markerOnEverySliceFoundLate_oneUnitIsLostAndTheNextOnesAreWhole() {
    TestCamera camera = TestCamera.replay().start();
    for (int i = 0; i < 8; i++) {
      camera.picture(i * 3000L, i == 0);
    }
    camera.packet(24_000, true, P).packet(24_000, true, SECOND_SLICE);
    camera.packet(27_000, true, IDR).packet(27_000, true, "654a0102");
    camera.packet(30_000, true, P);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.nalUnits(9)).containsExactly(IDR, "654a0102");
    assertThat(camera.output.closed).hasSize(1);
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.MARKER_ON_EVERY_SLICE);
  }

  @Test
  void packet_parameterSetsBeforeEveryIdr_areNoChange() {
    TestCamera camera = TestCamera.replay().start();
    for (int i = 0; i < 10; i++) {
      camera
          .packet(i * 3000L, false, TestCamera.SPS)
          .packet(i * 3000L, false, TestCamera.PPS + "00");
      camera.packet(i * 3000L, true, IDR);
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.tracks).hasSize(1);
    assertThat(camera.output.nalUnits()).hasSize(10).allMatch(units -> units.equals(List.of(IDR)));
    assertThat(camera.receiver.statistics().parameterSets()).isEqualTo(ParameterSetOrigin.SDP);
  }

  @Test
  void packet_pictureParameterSetChangesBetweenSyncSamples_isWrittenInBandAndAnnouncedLater() {
    String changed = "68cb83cb40";
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, changed).packet(6000, true, P);
    camera.packet(9000, true, P);
    camera.packet(12_000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.nalUnits())
        .containsExactly(List.of(IDR), List.of(P), List.of(changed, P), List.of(P), List.of(IDR));
    assertThat(camera.output.calls)
        .containsExactly(
            "tracks",
            "utc camera",
            "sync",
            "sample",
            "sample",
            "sample",
            "tracks",
            "sync",
            "end stream-ended");
    assertThat(parameters(camera, 1).pictureParameterSets()).hasToString("[" + changed + "]");
    assertThat(camera.output.samples.get(4).track().parameters()).isEqualTo(parameters(camera, 1));
  }

  /**
   * 1920x1080 under sequence parameter set id 1, and a picture parameter set 1 that refers to it.
   */
  private static final String LARGE_SPS = "676400284b36501e0089f97011000003000100000300320f183196";

  private static final String LARGE_PPS = "684abe3cb22c";

  /** The same picture as {@link #IDR} on picture parameter set 1. */
  private static final String IDR_OF_ONE = "658840aa";

  @Test
  void packet_setsUnderAnotherId_thoseOfTheSliceCountAndTheOldOnesRetire() {
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, LARGE_SPS).packet(6000, false, LARGE_PPS);
    camera.packet(6000, true, IDR_OF_ONE);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(parameters(camera, 0).width()).isEqualTo(320);
    assertThat(parameters(camera, 1).width()).isEqualTo(1920);
    assertThat(parameters(camera, 1).codec()).startsWith("avc1.6400");
    assertThat(parameters(camera, 1).pictureParameterSets()).hasToString("[" + LARGE_PPS + "]");
  }

  @Test
  void packet_setsUnderAnotherIdThatNoSliceRefersTo_changeNothing() {
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, LARGE_SPS).packet(6000, false, LARGE_PPS);
    camera.packet(6000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.tracks).hasSize(1);
    assertThat(camera.output.samples.get(2).track().parameters().width()).isEqualTo(320);
  }

  @Test
  void packet_badSetInSdpGoodOneInBand_isUsed() {
    for (String described : List.of("Z0LADd==,!!!!", "AAAAAWdCwA0=", "", "Z00=,aM==", "%%")) {
      TestCamera camera = TestCamera.replay();
      camera.start(TestCamera.format(Map.of("sprop-parameter-sets", described)));
      camera.packet(0, false, TestCamera.SPS).packet(0, false, TestCamera.PPS).packet(0, true, IDR);
      camera.packet(3000, true, P);
      camera.receiver.end(GapCause.STREAM_ENDED);
      assertThat(camera.output.nalUnits()).as(described).containsExactly(List.of(IDR), List.of(P));
      assertThat(parameters(camera, 0).width()).isEqualTo(320);
      assertThat(camera.receiver.statistics().parameterSets())
          .isEqualTo(ParameterSetOrigin.IN_BAND);
    }
  }

  @Test
  void packet_sdpSetsAsByteStreamInOneText_areUsed() {
    byte[] both =
        HexFormat.of().parseHex("00000001" + TestCamera.SPS + "000001" + TestCamera.PPS + "00");
    TestCamera camera = TestCamera.replay();
    String text = java.util.Base64.getEncoder().encodeToString(both);
    camera.start(TestCamera.format(Map.of("sprop-parameter-sets", text + ",")));
    camera.packet(0, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(parameters(camera, 0).sequenceParameterSets())
        .hasToString("[" + TestCamera.SPS + "]");
    assertThat(parameters(camera, 0).pictureParameterSets())
        .hasToString("[" + TestCamera.PPS + "]");
  }

  @Test
  void packet_otherSetInBandThanInSdp_replacesAllOfTheSdp() {
    String other = "6742c01ed903c56840000003004000000c03c58b92";
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, false, other).packet(0, false, "68cb8cb2").packet(0, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(parameters(camera, 0).width()).isEqualTo(240);
    assertThat(parameters(camera, 0).sequenceParameterSets()).hasSize(1);
    assertThat(parameters(camera, 0).pictureParameterSets()).hasToString("[68cb8cb2]");
  }

  @Test
  void packet_setsComeAfterTheFirstIdr_firstIdrIsNotLost() {
    TestCamera camera = TestCamera.replay().start(TestCamera.format(Map.of()));
    camera.packet(0, true, IDR).packet(3000, true, P);
    assertThat(camera.output.calls).isEmpty();
    camera.packet(6000, false, TestCamera.SPS).packet(6000, false, TestCamera.PPS);
    camera.packet(6000, true, IDR).packet(9000, true, P);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.samples).hasSize(4);
  }

  @Test
  void packet_accessUnitOverTheLimit_isDroppedUpToTheNextIdr() {
    ReceiverOptions options =
        ReceiverOptions.defaults().withCameraClock(true).withMaximumAccessUnit(100, 10);
    TestCamera camera = new TestCamera(options).start();
    camera.packet(0, true, IDR);
    camera.packet(3000, true, P + "ff".repeat(100));
    camera.packet(6000, true, P);
    camera.packet(9000, true, IDR);
    for (int i = 0; i < 11; i++) {
      camera.packet(12_000, i == 10, i == 0 ? P : SECOND_SLICE);
    }
    camera.packet(15_000, true, P).packet(18_000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.nalUnits()).hasSize(3).allMatch(units -> units.equals(List.of(IDR)));
    assertThat(camera.output.closed).hasSize(2);
    assertThat(camera.receiver.statistics().deviations())
        .extracting(SeenDeviation::deviation)
        .contains(Deviation.ACCESS_UNIT_TOO_LARGE);
  }

  @Test
  void packet_noMemory_samplesAreLostWithCauseBackpressure() {
    SlabPool pool = new SlabPool(64, 256);
    TestCamera camera =
        new TestCamera(ReceiverOptions.defaults().withCameraClock(true), pool).start();
    camera.packet(0, true, IDR);
    camera.packet(3000, true, P + "aa".repeat(1000));
    camera.packet(6000, true, P);
    camera.packet(9000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.nalUnits()).containsExactly(List.of(IDR), List.of(IDR));
    assertThat(camera.output.closed).hasSize(1);
    assertThat(camera.output.closed.get(0).causes())
        .containsExactly(GapCause.BACKPRESSURE, GapCause.WAITING_FOR_SYNC);
    assertThat(pool.usedBytes()).isZero();
  }

  @Test
  void packet_endlessSupplementalInformation_isBounded() {
    ReceiverOptions options =
        ReceiverOptions.defaults().withCameraClock(true).withMaximumAccessUnit(1000, 1024);
    TestCamera camera = new TestCamera(options, new SlabPool(256, 2048)).start();
    for (int i = 0; i < 1000; i++) {
      camera.packet(i, true, "0605" + "20".repeat(50));
    }
    camera.packet(5000, true, IDR).packet(8000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.nalUnits()).containsExactly(List.of(IDR));
  }

  @Test
  void packet_unsupportedAggregation_losesTheUnitOnly() {
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, true, IDR).packet(3000, true, "790000" + P).packet(6000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.nalUnits()).containsExactly(List.of(IDR), List.of(IDR));
    assertThat(camera.output.closed).hasSize(1);
  }

  @Test
  void packet_onlyRecoveryPoints_areTakenForSyncAfterTenSeconds() {
    String recovery = "0606 01 c4 80";
    String intra = "618880aa";
    TestCamera camera = TestCamera.replay().start();
    for (int second = 0; second < 15; second++) {
      camera.packet(second * 90_000L, false, recovery).packet(second * 90_000L, true, intra);
      camera.packet(second * 90_000L + 45_000, true, P);
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.samples).hasSize(10);
    assertThat(camera.output.samples.get(0).sync()).isTrue();
    assertThat(camera.output.samples.get(1).sync()).isFalse();
    assertThat(camera.output.samples.get(2).sync()).isTrue();
  }

  @Test
  void packet_recoveryPointsBesideIdr_areNoSyncSamples() {
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, true, IDR);
    for (int second = 1; second < 15; second++) {
      camera
          .packet(second * 90_000L, false, "060601c480")
          .packet(second * 90_000L, true, "618880aa");
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.samples).hasSize(15);
    assertThat(camera.output.samples).filteredOn(sample -> sample.sync()).hasSize(1);
  }

  /** Periodic intra refresh: one IDR picture at most, then P pictures that decoding recovers at. */
  @Test
  void packet_gradualRecoveryPoints_areTakenForSyncAfterTenSeconds() {
    TestCamera camera = TestCamera.replay().start();
    for (int second = 0; second < 15; second++) {
      camera.packet(second * 90_000L, false, "060601 44 80").packet(second * 90_000L, true, P);
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.samples).hasSize(5);
    assertThat(camera.output.samples).allMatch(sample -> sample.sync());
  }

  @Test
  void packet_lossBehindTheOnlyIdr_goesOnAtARecoveryPointAfterAMinute() {
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, true, IDR).lose(1);
    for (int second = 1; second <= 70; second++) {
      camera.packet(second * 90_000L, false, "060601 44 80").packet(second * 90_000L, true, P);
    }
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(camera.output.samples).hasSize(1 + 10);
    assertThat(camera.output.closed).hasSize(1);
  }

  private static H264Parameters parameters(TestCamera camera, int index) {
    return (H264Parameters) camera.output.tracks.get(index).tracks().get(0).parameters();
  }
}
