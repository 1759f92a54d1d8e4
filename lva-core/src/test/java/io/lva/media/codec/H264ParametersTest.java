package io.lva.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.media.Bytes;
import io.lva.media.MediaType;
import java.util.List;
import org.junit.jupiter.api.Test;

class H264ParametersTest {
  private static final Bytes SPS = Bytes.ofHex("6742c00dd90141fb0110000003001000000303c8f142a480");
  private static final Bytes PPS = Bytes.ofHex("68cb83cb20");

  @Test
  void of_sets_comparesByContent() {
    H264Parameters parameters = H264Parameters.of(List.of(SPS), List.of(PPS));
    assertThat(parameters.mediaType()).isEqualTo(MediaType.VIDEO);
    assertThat(parameters.codec()).isEqualTo("avc1.42C00D");
    assertThat(parameters.width()).isEqualTo(320);
    assertThat(parameters.height()).isEqualTo(240);
    assertThat(parameters)
        .isEqualTo(H264Parameters.of(List.of(Bytes.copyOf(SPS.toByteArray())), List.of(PPS)))
        .isNotEqualTo(H264Parameters.of(List.of(SPS), List.of(PPS, PPS)));
  }

  @Test
  void of_setMissing_isRefused() {
    assertThatThrownBy(() -> H264Parameters.of(List.of(), List.of(PPS)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> H264Parameters.of(List.of(SPS), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> H264Parameters.of(List.of(PPS), List.of(PPS)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
