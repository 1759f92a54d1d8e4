package io.lva.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.ParameterSetPlace;
import io.lva.media.codec.PcmParameters.Encoding;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of frames; whether they are FLAC is judged by ffmpeg where they are played. */
class FlacFramesTest {
  @ParameterizedTest
  @CsvSource({"ff, 0", "7f, 0", "00, -32124", "80, 32124", "fe, 8", "7e, -8", "ef, 132"})
  void ofMuLaw_code_isTheValueOfTheStandard(String code, int value) {
    assertThat(FlacFrames.ofMuLaw(Bytes.ofHex(code).toByteArray()[0])).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"d5, 8", "55, -8", "aa, 32256", "2a, -32256", "d4, 24", "c5, 264", "f5, 528"})
  void ofALaw_code_isTheValueOfTheStandard(String code, int value) {
    assertThat(FlacFrames.ofALaw(Bytes.ofHex(code).toByteArray()[0])).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "MU_LAW, 1, 160, 0",
    "MU_LAW, 2, 17, 127",
    "A_LAW, 1, 1, 128",
    "A_LAW, 1, 4096, 2047",
    "LINEAR_16, 2, 333, 2048",
    "LINEAR_16, 1, 65535, 65536",
    "MU_LAW, 1, 160, 14369224821455",
  })
  void write_samples_takesTheBytesThatWereForetold(
      Encoding encoding, int channels, int samples, long number) {
    FlacFrames frames = new FlacFrames(new PcmParameters(encoding, 8000, channels));
    int foretold = frames.frameBytes(samples, number);
    ByteBuffer out = ByteBuffer.allocate(foretold);
    ByteBuffer audio = ByteBuffer.allocate(samples * channels * encoding.bytes());
    assertThat(frames.samples(audio.remaining())).isEqualTo(samples);

    frames.write(audio, number, out);

    assertThat(out.hasRemaining()).isFalse();
    assertThat(out.getShort(0)).isEqualTo((short) 0xfff9);
    assertThat(audio.position()).isZero();
  }

  @Test
  void write_oneSample_isTheFrameOfTheStandard() {
    FlacFrames frames = new FlacFrames(new PcmParameters(Encoding.LINEAR_16, 8000, 1));
    ByteBuffer out = ByteBuffer.allocate(64);
    frames.write(ByteBuffer.wrap(new byte[] {0x12, 0x34}), 5, out);

    Bytes frame = Bytes.copyOf(out.flip());
    assertThat(frame.slice(0, 7).toString()).isEqualTo("fff97008050000");
    assertThat(frame.slice(8, 11).toString()).isEqualTo("021234");
    assertThat(frame.size()).isEqualTo(13);
  }

  @Test
  void writeSilence_anyLength_takesAFewBytes() {
    FlacFrames frames = new FlacFrames(new PcmParameters(Encoding.A_LAW, 8000, 1));
    ByteBuffer out = ByteBuffer.allocate(64);
    frames.writeSilence(65_535, 0, out);
    assertThat(out.position()).isEqualTo(13);
    assertThatThrownBy(() -> frames.writeSilence(65_536, 0, out))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> frames.write(ByteBuffer.allocate(0), 0, out))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sampleDescription_telephone_saysRateChannelsAndBits() {
    FlacParameters parameters =
        new FlacFrames(new PcmParameters(Encoding.MU_LAW, 8000, 1)).parameters();
    Bytes box =
        parameters
            .sampleDescription(ParameterSetPlace.SAMPLE_ENTRY)
            .flatMap(description -> description.box("dfLa"))
            .orElseThrow();
    assertThat(parameters.codec()).isEqualTo("fLaC");
    assertThat(box.toString())
        .isEqualTo(
            "00000000"
                + "80000022"
                + "0010ffff"
                + "000000000000"
                + "01f400f000000000"
                + "0".repeat(32));
  }
}
