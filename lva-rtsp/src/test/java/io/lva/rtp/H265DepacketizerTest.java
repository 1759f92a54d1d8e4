package io.lva.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.GapCause;
import io.lva.media.codec.H265Parameters;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.TrackFormat;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The session description holds sets of 1920x1080, all of id 0. */
class H265DepacketizerTest {
  /** Refers to picture parameter set 0. */
  private static final String IDR = "2601a0aabb";

  /** Refers to picture parameter set 1. */
  private static final String IDR_OF_ONE = "260190aabb";

  private static final String P = "0201d00102";

  /** Video parameter set 1. */
  private static final String SMALL_VPS = "40011c01ffff01600000030090000003000003003c959809";

  /** 320x192 under sequence parameter set 1, of video parameter set 0. */
  private static final String SMALL_SPS =
      "42010101600000030090000003000003003c480282030596566924caf0168080000003008000000c84";

  /** The same, of video parameter set 1. */
  private static final String SMALL_SPS_OF_VPS_ONE =
      "42011101600000030090000003000003003c480282030596566924caf0168080000003008000000c84";

  /** Picture parameter set 1 of sequence parameter set 1. */
  private static final String SMALL_PPS = "440148172b4624";

  /** Picture parameter set 0 of sequence parameter set 1. */
  private static final String SMALL_PPS_ZERO = "4401a05cad1890";

  private static TestCamera camera() {
    Map<String, String> sets =
        PayloadFormats.sending(CodecRoundTripTest.H265).orElseThrow().formatParameters();
    return camera(sets);
  }

  private static TestCamera camera(Map<String, String> sets) {
    TestCamera camera = TestCamera.replay();
    return camera.start(
        new TrackFormat(
            0,
            CodecRoundTripTest.H265.mediaType(),
            96,
            90_000,
            "H265",
            sets,
            OptionalLong.empty()));
  }

  private static H265Parameters parameters(TestCamera camera, int announcement) {
    return (H265Parameters) camera.output.tracks.get(announcement).tracks().get(0).parameters();
  }

  @Test
  void packet_setsUnderAnotherId_thoseOfTheSliceCountAndTheOldOnesRetire() {
    TestCamera camera = camera();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, SMALL_SPS).packet(6000, false, SMALL_PPS);
    camera.packet(6000, true, IDR_OF_ONE);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(parameters(camera, 0).width()).isEqualTo(1920);
    assertThat(parameters(camera, 1).width()).isEqualTo(320);
    assertThat(parameters(camera, 1).codec()).endsWith(".L60.90");
    assertThat(parameters(camera, 1).sequenceParameterSets()).hasToString("[" + SMALL_SPS + "]");
    assertThat(parameters(camera, 1).pictureParameterSets()).hasToString("[" + SMALL_PPS + "]");
  }

  @Test
  void packet_videoSetUnderAnotherId_isThatOfTheSequenceSet() {
    TestCamera camera = camera();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, SMALL_VPS).packet(6000, false, SMALL_SPS_OF_VPS_ONE);
    camera.packet(6000, false, SMALL_PPS).packet(6000, true, IDR_OF_ONE);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(parameters(camera, 1).width()).isEqualTo(320);
    assertThat(parameters(camera, 1).videoParameterSets()).hasToString("[" + SMALL_VPS + "]");
  }

  @Test
  void packet_pictureSetOfTheSameIdRefersToAnotherSequenceSet_itCounts() {
    TestCamera camera = camera();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, SMALL_SPS).packet(6000, false, SMALL_PPS_ZERO);
    camera.packet(6000, true, IDR).packet(9000, true, P);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.samples).hasSize(4);
    assertThat(parameters(camera, 1).width()).isEqualTo(320);
    assertThat(parameters(camera, 1).pictureParameterSets())
        .hasToString("[" + SMALL_PPS_ZERO + "]");
  }

  @Test
  void packet_setsUnderAnotherIdThatNoSliceRefersTo_changeNothing() {
    TestCamera camera = camera();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, SMALL_SPS).packet(6000, false, SMALL_PPS);
    camera.packet(6000, true, IDR);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.tracks).hasSize(1);
    assertThat(camera.output.samples.get(2).track().parameters())
        .isEqualTo(CodecRoundTripTest.H265);
  }

  @Test
  void packet_setsComeAndGoUnderTwoIds_eachSyncPictureHasItsOwn() {
    TestCamera camera = camera();
    camera.packet(0, true, IDR).packet(3000, true, P);
    camera.packet(6000, false, SMALL_SPS).packet(6000, false, SMALL_PPS);
    camera.packet(6000, true, IDR_OF_ONE).packet(9000, true, IDR);
    camera.packet(12_000, true, IDR_OF_ONE);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(camera.output.samples)
        .extracting(sample -> ((H265Parameters) sample.track().parameters()).width())
        .containsExactly(1920, 1920, 320, 1920, 320);
  }

  @Test
  void packet_noSetsDescribed_thoseThatThePictureSetNamesCountFromTheStart() {
    TestCamera camera = camera(Map.of());
    String otherSequence = CodecRoundTripTest.H265.sequenceParameterSets().get(0).toString();
    camera.packet(0, false, SMALL_VPS).packet(0, false, otherSequence);
    camera.packet(0, false, SMALL_SPS_OF_VPS_ONE).packet(0, false, SMALL_PPS);
    camera.packet(0, true, IDR_OF_ONE).packet(3000, true, P);
    camera.receiver.end(GapCause.STREAM_ENDED);

    assertThat(parameters(camera, 0).width()).isEqualTo(320);
    assertThat(camera.output.samples).hasSize(2);
  }
}
