package io.lva.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PartWriterTest {
  @Test
  void write_threeSamplesWithReordering_equalsGolden() throws IOException {
    PartSamples samples = new PartSamples();
    samples.add(3600, 40_000, SampleFlags.of(true, false), 0);
    samples.add(3600, 9_000, SampleFlags.of(false, false), 7200);
    samples.add(3599, 700, SampleFlags.of(false, true), -3600);
    ByteBuffer header = ByteBuffer.allocate(200);

    PartWriter.write(7, 1, (1L << 33) + 5, samples, header);

    assertThat(header.position()).isEqualTo(PartWriter.headerBytes(3));
    Golden.check("part", BoxDump.of(header.flip()));
  }

  @Test
  void write_directBuffer_writesTheSameBytes() {
    ByteBuffer heap = ByteBuffer.allocate(500);
    ByteBuffer direct = ByteBuffer.allocateDirect(500);

    PartWriter.write(1, 1, 0, Fixtures.samples(13), heap);
    PartWriter.write(1, 1, 0, Fixtures.samples(13), direct);

    assertThat(direct.flip()).isEqualTo(heap.flip());
  }

  @Test
  void write_anyTime_isReadBack() throws Exception {
    for (long time : new long[] {0, 1, 1L << 33, 161_565_192_000_000L, (1L << 62) - 1}) {
      byte[] file = Fixtures.join(Fixtures.head(), Fixtures.part(1, 1, time, Fixtures.samples(2)));

      FragmentedFile read = FragmentedFile.read(Fixtures.source(file));

      assertThat(read.parts().get(0).baseMediaDecodeTime()).isEqualTo(time);
      assertThat(read.damage()).isEmpty();
    }
  }

  @Test
  void write_targetTooSmall_writesNothing() {
    ByteBuffer target = ByteBuffer.allocate(PartWriter.headerBytes(2) - 1);

    assertThatThrownBy(() -> PartWriter.write(1, 1, 0, Fixtures.samples(2), target))
        .isInstanceOf(BufferOverflowException.class);
    assertThat(target.position()).isZero();
  }

  @Test
  void write_impossibleArguments_areRefused() {
    ByteBuffer target = ByteBuffer.allocate(500);

    assertThatThrownBy(() -> PartWriter.write(1, 1, 0, new PartSamples(), target))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PartWriter.write(1, 1, -1, Fixtures.samples(1), target))
        .isInstanceOf(IllegalArgumentException.class);
    target.order(ByteOrder.LITTLE_ENDIAN);
    assertThatThrownBy(() -> PartWriter.write(1, 1, 0, Fixtures.samples(1), target))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
