package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.H264Parameters;
import io.lva.media.SlabPool;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class H264DepacketizerTest {
  private static final String IDR = "658880aabb";
  private static final String P = "419a010203";
  private static final String SECOND_SLICE = "414a0102";

  /** One packet of a quirk: timestamp, marker and payload. */
  private record Packet(long timestamp, boolean marker, String payload) {}

  private static Packet packet(long timestamp, boolean marker, String payload) {
    return new Packet(timestamp, marker, payload);
  }

  static Stream<Arguments> quirks() {
    return Stream.of(
        quirk(
            "single NAL units",
            List.of(packet(0, true, IDR), packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "FU-A in three pieces",
            List.of(
                packet(0, false, "7c85 8880"),
                packet(0, false, "7c05 aa"),
                packet(0, true, "7c45 bb"),
                packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "STAP-A with parameter sets and slice",
            List.of(
                packet(
                    0, true, "78 0018" + TestCamera.SPS + "0005" + TestCamera.PPS + "0005" + IDR),
                packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "marker never set (FLIR M400)",
            List.of(packet(0, false, IDR), packet(3000, false, P), packet(6000, false, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "marker on SPS and SEI (LV-IP22IR40DVBL, moonfire#352)",
            List.of(
                packet(0, true, TestCamera.SPS),
                packet(0, true, TestCamera.PPS),
                packet(0, true, "0605010180"),
                packet(0, true, IDR),
                packet(3000, true, "0605010180"),
                packet(3000, true, P)),
            List.of(List.of("0605010180", IDR), List.of("0605010180", P))),
        quirk(
            "marker on every slice",
            List.of(
                packet(0, true, IDR),
                packet(0, true, "654a0102"),
                packet(3000, true, P),
                packet(3000, true, SECOND_SLICE),
                packet(6000, true, P),
                packet(6000, true, SECOND_SLICE),
                packet(9000, true, P)),
            List.of(
                List.of(IDR, "654a0102"),
                List.of(P, SECOND_SLICE),
                List.of(P, SECOND_SLICE),
                List.of(P))),
        quirk(
            "two pictures with the same timestamp (moonfire#352)",
            List.of(packet(0, true, IDR), packet(36000, true, P), packet(36000, true, P)),
            List.of(List.of(IDR), List.of(P), List.of(P))),
        quirk(
            "parameter sets with the timestamp of the picture before (Reolink RLC-822A)",
            List.of(
                packet(0, true, IDR),
                packet(3000, false, P),
                packet(3000, false, TestCamera.SPS),
                packet(3000, true, TestCamera.PPS),
                packet(6000, true, IDR),
                packet(9000, true, P)),
            List.of(List.of(IDR), List.of(P), List.of(IDR), List.of(P))),
        quirk(
            "parameter sets in front of every slice (GStreamer rtph264pay config-interval=-1)",
            List.of(
                packet(0, false, TestCamera.SPS),
                packet(0, false, TestCamera.PPS),
                packet(0, false, IDR),
                packet(0, false, TestCamera.SPS),
                packet(0, false, TestCamera.PPS),
                packet(0, true, "654a0102"),
                packet(3000, true, P)),
            List.of(List.of(IDR, "654a0102"), List.of(P))),
        quirk(
            "timestamp changes between the slices of a picture",
            List.of(
                packet(0, true, IDR),
                packet(3000, false, P),
                packet(3001, true, SECOND_SLICE),
                packet(6000, true, P)),
            List.of(List.of(IDR), List.of(P, SECOND_SLICE), List.of(P))),
        quirk(
            "timestamp changes within a fragmented NAL unit",
            List.of(
                packet(0, false, "7c85 8880"), packet(1, true, "7c45 aabb"), packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "FU-A with start and end (CostarHD)",
            List.of(packet(0, true, "7cc5 8880aabb"), packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "empty fragments (retina#115)",
            List.of(
                packet(0, false, "7c85"),
                packet(0, false, "7c05 8880"),
                packet(0, false, "7c05"),
                packet(0, true, "7c45 aabb"),
                packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "NAL unit type changes within FU-A (Tiandy, moonfire#344)",
            List.of(
                packet(0, false, "7c85 8880"),
                packet(0, false, "7c01 aa"),
                packet(0, true, "7c41 bb"),
                packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "reserved bit of FU-A set",
            List.of(
                packet(0, false, "7ca5 8880"), packet(0, true, "7c65 aabb"), packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "FU-A without end, then a new start",
            List.of(
                packet(0, false, "7c85 8880"),
                packet(0, false, "7c05 aabb"),
                packet(3000, false, "5c81 9a01"),
                packet(3000, true, "5c41 0203"),
                packet(6000, true, P)),
            List.of(List.of(IDR), List.of(P), List.of(P))),
        quirk(
            "FU-A without end, then a single NAL unit",
            List.of(packet(0, false, "7c85 8880aabb"), packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "NAL units glued with start codes (V380, retina#68)",
            List.of(
                packet(
                    0,
                    true,
                    TestCamera.SPS
                        + "00000001"
                        + TestCamera.PPS
                        + "00000001"
                        + IDR
                        + "000001"
                        + IDR),
                packet(3000, true, P)),
            List.of(List.of(IDR, IDR), List.of(P))),
        quirk(
            "byte stream in a single NAL unit packet (MacroVideo, retina#108)",
            List.of(
                packet(
                    0,
                    true,
                    "00000001" + TestCamera.SPS + "00000001" + TestCamera.PPS + "000001" + IDR),
                packet(3000, true, "000001" + P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "several NAL units glued within FU-A, start code over two fragments",
            List.of(
                packet(0, false, "7c87" + TestCamera.SPS.substring(2) + "00"),
                packet(0, false, "7c07 0000"),
                packet(0, false, "7c07 01" + TestCamera.PPS + "00"),
                packet(0, false, "7c07 0001"),
                packet(0, true, "7c47" + IDR),
                packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "complete byte stream NAL unit within FU-A",
            List.of(
                packet(0, false, "7c85 00000001" + IDR.substring(0, 4)),
                packet(0, true, "7c45" + IDR.substring(4)),
                packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "STAP-A with zero padding and size 0",
            List.of(packet(0, true, "78 0000 0005" + IDR + "00000000 00"), packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "payload without bytes",
            List.of(packet(0, false, ""), packet(0, true, IDR), packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "delimiter, filler and end of sequence are left out",
            List.of(
                packet(0, false, "09f0"),
                packet(0, false, IDR),
                packet(0, false, "0cffff80"),
                packet(0, true, "0a"),
                packet(3000, false, "0930"),
                packet(3000, true, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "unit begins at delimiter without marker and with the same timestamp",
            List.of(
                packet(0, false, IDR),
                packet(0, false, "0930"),
                packet(0, false, P),
                packet(3000, false, P)),
            List.of(List.of(IDR), List.of(P))),
        quirk(
            "two fields share a sample when no marker is between them",
            List.of(packet(0, false, IDR), packet(0, true, P), packet(3000, true, P)),
            List.of(List.of(IDR, P), List.of(P))));
  }

  private static Arguments quirk(String name, List<Packet> packets, List<List<String>> samples) {
    return Arguments.of(name, packets, samples);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("quirks")
  void packet_cameraQuirk_samplesAreWhole(
      String name, List<Packet> packets, List<List<String>> samples) {
    TestCamera camera = TestCamera.replay().start();
    packets.forEach(packet -> camera.packet(packet.timestamp, packet.marker, packet.payload));
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(samples(camera.output)).as(name).isEqualTo(samples);
    assertThat(camera.output.samples.get(0).sync()).isTrue();
    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.output.tracks).hasSize(1);
    assertThat(camera.slabs.usedBytes()).isZero();
  }

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
    assertThat(camera.receiver.statistics().deviations()).contains("marker bit on every slice");
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
    assertThat(samples(camera.output)).hasSize(10).allMatch(units -> units.equals(List.of(IDR)));
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

    assertThat(samples(camera.output))
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

  @Test
  void packet_badSetInSdpGoodOneInBand_isUsed() {
    for (String described : List.of("Z0LADd==,!!!!", "AAAAAWdCwA0=", "", "Z00=,aM==", "%%")) {
      TestCamera camera = TestCamera.replay();
      camera.start(TestCamera.format(Map.of("sprop-parameter-sets", described)));
      camera.packet(0, false, TestCamera.SPS).packet(0, false, TestCamera.PPS).packet(0, true, IDR);
      camera.packet(3000, true, P);
      camera.receiver.end(GapCause.STREAM_ENDED);
      assertThat(samples(camera.output)).as(described).containsExactly(List.of(IDR), List.of(P));
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
    assertThat(samples(camera.output)).hasSize(3).allMatch(units -> units.equals(List.of(IDR)));
    assertThat(camera.output.closed).hasSize(2);
    assertThat(camera.receiver.statistics().deviations()).contains("access unit over the limits");
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
    assertThat(samples(camera.output)).containsExactly(List.of(IDR), List.of(IDR));
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
    assertThat(samples(camera.output)).containsExactly(List.of(IDR));
  }

  @Test
  void packet_unsupportedAggregation_losesTheUnitOnly() {
    TestCamera camera = TestCamera.replay().start();
    camera.packet(0, true, IDR).packet(3000, true, "790000" + P).packet(6000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);
    assertThat(samples(camera.output)).containsExactly(List.of(IDR), List.of(IDR));
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

  private static H264Parameters parameters(TestCamera camera, int index) {
    return (H264Parameters) camera.output.tracks.get(index).tracks().get(0).parameters();
  }

  private static List<List<String>> samples(RecordedOutput output) {
    List<List<String>> result = new ArrayList<>();
    for (int i = 0; i < output.samples.size(); i++) {
      result.add(output.nalUnits(i));
    }
    return result;
  }
}
