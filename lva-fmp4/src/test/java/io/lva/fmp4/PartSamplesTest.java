package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartSamplesTest {
  @Test
  void add_manySamples_sumsUp() {
    PartSamples samples = Fixtures.samples(1000);

    assertThat(samples.count()).isEqualTo(1000);
    assertThat(samples.durationTicks()).isEqualTo(3_600_000);
    assertThat(samples.sizeBytes()).isEqualTo(100 * 1000 + 999 * 1000 / 2);
    assertThat(samples.size(999)).isEqualTo(1099);
  }

  @Test
  void setDuration_lastSample_changesTheSum() {
    PartSamples samples = Fixtures.samples(2);

    samples.setDuration(1, 900_000);

    assertThat(samples.durationTicks()).isEqualTo(903_600);
    assertThat(samples.duration(1)).isEqualTo(900_000);
  }

  @Test
  void clear_afterUse_isEmptyAgain() {
    PartSamples samples = Fixtures.samples(2);

    samples.clear();

    assertThat(samples.count()).isZero();
    assertThat(samples.sizeBytes()).isZero();
    assertThat(samples.durationTicks()).isZero();
    assertThatThrownBy(() -> samples.size(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void add_moreThanAPartHolds_isRefused() {
    PartSamples many = new PartSamples();
    for (int i = 0; i < PartSamples.MAXIMUM_COUNT; i++) {
      many.add(1, 1, SampleFlags.SYNC, 0);
    }
    PartSamples large = new PartSamples();
    large.add(1, 2_000_000_000, SampleFlags.SYNC, 0);

    assertThat(many.isFull(0)).isTrue();
    assertThat(large.isFull(200_000_000)).isTrue();
    assertThatThrownBy(() -> many.add(1, 1, 0, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> large.add(1, 200_000_000, 0, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> large.add(-1, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void flags_ofEachKind_sayWhatTheyAre() {
    assertThat(SampleFlags.of(true, false)).isEqualTo(0x0200_0000);
    assertThat(SampleFlags.of(false, false)).isEqualTo(0x0101_0000);
    assertThat(SampleFlags.isSync(SampleFlags.of(true, true))).isTrue();
    assertThat(SampleFlags.isSync(SampleFlags.of(false, true))).isFalse();
    assertThat(SampleFlags.isDamaged(SampleFlags.of(false, true))).isTrue();
    assertThat(SampleFlags.isDamaged(SampleFlags.of(true, false))).isFalse();
  }
}
