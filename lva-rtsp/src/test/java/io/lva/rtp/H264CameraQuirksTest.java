package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How cameras cut access units into packets, and the samples that must come of it. */
class H264CameraQuirksTest {
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

    assertThat(camera.output.nalUnits()).as(name).isEqualTo(samples);
    assertThat(camera.output.samples.get(0).sync()).isTrue();
    assertThat(camera.output.opened).isEmpty();
    assertThat(camera.output.tracks).hasSize(1);
    assertThat(camera.slabs.usedBytes()).isZero();
  }
}
