package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TfdtPatchTest {
  private static final long EPOCH_BASE = 161_565_192_000_000L;

  @Test
  void add_firstBytesOfAPart_movesItsTime() throws Mp4Exception {
    byte[] part = Fixtures.part(1, 1, 180_000, Fixtures.samples(13));
    ByteBuffer prefix = ByteBuffer.wrap(part, 0, TfdtPatch.PREFIX_BYTES);

    TfdtPatch.add(prefix, EPOCH_BASE);

    byte[] expected = Fixtures.part(1, 1, EPOCH_BASE + 180_000, Fixtures.samples(13));
    assertThat(part).isEqualTo(expected);
    assertThat(prefix.position()).isZero();
  }

  @Test
  void locate_partWithinABuffer_countsFromThePosition() throws Mp4Exception {
    byte[] bytes = Fixtures.join(new byte[5], Fixtures.part(1, 1, 77, Fixtures.samples(1)));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(5);

    assertThat(TfdtPatch.locate(buffer)).isEqualTo(64);
    assertThat(TfdtPatch.read(buffer)).isEqualTo(77);
  }

  @Test
  void locate_tooFewBytes_isReported() {
    byte[] part = Fixtures.part(1, 1, 0, Fixtures.samples(1));
    for (int length = 0; length < TfdtPatch.PREFIX_BYTES; length++) {
      ByteBuffer cut = ByteBuffer.wrap(part, 0, length);
      assertThatThrownBy(() -> TfdtPatch.locate(cut)).isInstanceOf(Mp4Exception.class);
    }
  }

  @Test
  void add_impossibleSum_isReportedAndLeavesTheTime() throws Mp4Exception {
    ByteBuffer part = ByteBuffer.wrap(Fixtures.part(1, 1, 10, Fixtures.samples(1)));

    assertThatThrownBy(() -> TfdtPatch.add(part, -11)).isInstanceOf(Mp4Exception.class);
    assertThatThrownBy(() -> TfdtPatch.add(part, Long.MAX_VALUE)).isInstanceOf(Mp4Exception.class);
    assertThat(TfdtPatch.read(part)).isEqualTo(10);
  }

  @Test
  void locate_otherBox_isReported() {
    assertThatThrownBy(() -> TfdtPatch.locate(ByteBuffer.wrap(Fixtures.head())))
        .isInstanceOf(Mp4Exception.class);
  }
}
