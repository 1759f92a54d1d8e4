package io.lva.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.NalUnitFormat;
import io.lva.media.ParameterSetPlace;
import io.lva.media.SampleDescription;
import io.lva.media.SampleDescription.Box;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecFormatsTest {
  /** 1920x1080 with square pixels. */
  private static final Bytes SPS =
      Bytes.ofHex("67640028acd940780227e5c044000003000400000300c83c60c658");

  private static final Bytes PPS = Bytes.ofHex("68ebe3cb22c0");
  private static final H264Parameters H264 = H264Parameters.of(List.of(SPS), List.of(PPS));

  @ParameterizedTest
  @EnumSource(ParameterSetPlace.class)
  void find_descriptionOfParameters_readsThemBack(ParameterSetPlace place) {
    SampleDescription description = H264.sampleDescription(place).orElseThrow();

    CodecFormat format = CodecFormats.find(description.type()).orElseThrow();

    assertThat(format.parameters(description)).contains(H264);
    assertThat(format.nalUnits().orElseThrow().lengthBytes(description)).isEqualTo(4);
  }

  static Stream<CodecParameters> others() {
    return Stream.of(
        H265Parameters.of(
            List.of(Bytes.ofHex("40010c01ffff016000000300900000030000030078999809")),
            List.of(
                Bytes.ofHex(
                    "420101016000000300900000030000030078a003c08010e596666924cae0"
                        + "10000003001000000301e080")),
            List.of(Bytes.ofHex("4401c172b46240"))),
        AacParameters.of(Bytes.ofHex("1190")),
        AacParameters.of(Bytes.ofHex("eb098800")),
        new PcmParameters(PcmParameters.Encoding.MU_LAW, 8000, 1),
        new PcmParameters(PcmParameters.Encoding.A_LAW, 16_000, 2),
        new PcmParameters(PcmParameters.Encoding.LINEAR_16, 44_100, 2),
        new OpusParameters(2, 312));
  }

  @ParameterizedTest
  @MethodSource("others")
  void find_descriptionOfAnyCodec_readsItBack(CodecParameters parameters) {
    for (ParameterSetPlace place : ParameterSetPlace.values()) {
      SampleDescription description = parameters.sampleDescription(place).orElseThrow();
      CodecFormat format = CodecFormats.find(description.type()).orElseThrow();
      assertThat(format.parameters(description)).contains(parameters);
    }
  }

  /** Object type 2 and an explicit rate, mono. */
  private static Bytes aac(int rate) {
    return Bytes.ofHex(
        "%010x00".formatted((2L << 35) | (15L << 31) | ((long) rate << 7) | (1 << 3)));
  }

  @Test
  void aac_framesLongerThanASecond_areRefused() {
    assertThat(AacParameters.of(aac(1024)).frameTicks(90_000)).isEqualTo(90_000);
    assertThatThrownBy(() -> AacParameters.of(aac(1023)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void h265_parameterSetsOfACamera_areDecoded() {
    H265Parameters h265 = (H265Parameters) others().findFirst().orElseThrow();

    assertThat(h265.codec()).isEqualTo("hvc1.1.6.L120.90");
    assertThat(h265.width()).isEqualTo(1920);
    assertThat(h265.height()).isEqualTo(1080);
    assertThat(h265.sps().signal().sarWidth()).isZero();
    assertThat(h265.reordering().stated()).isBetween(0, 4);
    assertThat(h265.nalUnits().orElseThrow().kind(0x2601)).isEqualTo(NalUnitFormat.Kind.SYNC_SLICE);
    assertThat(h265.nalUnits().orElseThrow().kind(0x2600)).isEqualTo(NalUnitFormat.Kind.INVALID);
  }

  @Test
  void aac_withParametricStereo_hasTheRateOfItsCore() {
    AacParameters aac = AacParameters.of(Bytes.ofHex("eb098800"));

    assertThat(aac.codec()).isEqualTo("mp4a.40.29");
    assertThat(aac.frameTicks(48_000)).isEqualTo(2048);
    assertThat(aac.channels()).isEqualTo(1);
  }

  @Test
  void parse_anyParameterSetCutOrDamaged_isRefusedOrRead() {
    Bytes set =
        ((H265Parameters) others().findFirst().orElseThrow()).sequenceParameterSets().get(0);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = set.slice(0, 2 + random.nextInt(set.size() - 1)).toByteArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(H265Sps.parse(Bytes.copyOf(bytes)).width()).isPositive();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageMatching(".*(sequence parameter set|picture size).*");
      }
    }
  }

  @Test
  void find_unknownSampleEntry_isEmpty() {
    assertThat(CodecFormats.find("xyz1")).isEmpty();
  }

  @Test
  void parameters_configurationCutAnywhere_isRefused() {
    Bytes whole =
        H264.sampleDescription(ParameterSetPlace.SAMPLE_ENTRY)
            .orElseThrow()
            .box("avcC")
            .orElseThrow();
    CodecFormat format = CodecFormats.find("avc1").orElseThrow();
    for (int size = 0; size < whole.size() - 4; size++) {
      Box box = new Box("avcC", whole.slice(0, size));
      SampleDescription cut = SampleDescription.video("avc1", 1920, 1080, List.of(box));
      assertThatThrownBy(() -> format.parameters(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void sampleDescription_squarePixelsStated_hasPixelAspect() {
    SampleDescription description =
        H264.sampleDescription(ParameterSetPlace.SAMPLE_ENTRY).orElseThrow();

    assertThat(description.box("pasp")).contains(Bytes.ofHex("00000001 00000001"));
    assertThat(description.box("colr")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // aspect_ratio_idc 2, full range with BT.709
    "8137 0101 0100, 12, 11, 1, 1, 1, true",
    // nothing but flags of zero
    "00, 0, 0, 2, 2, 2, false",
    // Extended_SAR 4:3 and nothing else
    "ff 80 0200 0180, 4, 3, 2, 2, 2, false",
    // Extended_SAR with a zero
    "ff 80 0000 0180, 0, 0, 2, 2, 2, false",
  })
  void read_usabilityInformation_givesShapeAndColours(
      String hex, int width, int height, int primaries, int transfer, int matrix, boolean full) {
    BitReader in = new BitReader(Bytes.ofHex(hex.replace(" ", "") + "00"), 0);
    assertThat(VideoSignal.read(in))
        .isEqualTo(new VideoSignal(width, height, primaries, transfer, matrix, full));
  }

  @ParameterizedTest
  @CsvSource({
    "0x65, SYNC_SLICE", "0x41, SLICE", "0x67, PARAMETER_SET", "0x68, PARAMETER_SET",
    "0x09, DELIMITER", "0x06, OTHER", "0x60, INVALID", "0xe5, INVALID"
  })
  void kind_header_isToldApart(String header, NalUnitFormat.Kind kind) {
    assertThat(H264.nalUnits().orElseThrow().kind(Integer.decode(header))).isEqualTo(kind);
  }
}
