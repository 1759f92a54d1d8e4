package io.lva.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void copyOf_arrayChangedAfterwards_isAnother() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 9;
    bytes.toByteArray()[1] = 9;
    assertThat(bytes).hasToString("010203").isEqualTo(Bytes.ofHex("01 02 03"));
    assertThat(bytes).hasSameHashCodeAs(Bytes.ofHex("010203")).isNotEqualTo(Bytes.empty());
  }

  @Test
  void copyOf_buffer_takesWhatRemainsAndMovesNothing() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);
    assertThat(Bytes.copyOf(buffer)).hasToString("0203");
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(Bytes.ofHex("0203").asByteBuffer().isReadOnly()).isTrue();
  }

  @Test
  void slice_range_isCheckedAndUnsigned() {
    Bytes bytes = Bytes.ofHex("00ff10");
    assertThat(bytes.slice(1, 3)).hasToString("ff10");
    assertThat(bytes.get(1)).isEqualTo(255);
    assertThat(bytes.size()).isEqualTo(3);
    assertThatThrownBy(() -> bytes.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.ofHex("0")).isInstanceOf(IllegalArgumentException.class);
  }
}
