package io.lva.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleBuilderTest {
  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  @Test
  void append_overSlabs_isOneSample() {
    SampleBuilder builder = new SampleBuilder(new SlabPool(4, 64));
    assertThat(builder.appendInt(0)).isTrue();
    ByteBuffer source = bytes(9, 1, 2, 3, 4, 5, 6, 7).position(1);
    assertThat(builder.append(source)).isTrue();
    assertThat(source.hasRemaining()).isFalse();
    assertThat(builder.appendByte(8)).isTrue();
    assertThat(builder.append(bytes(7, 9, 10, 7), 1, 2)).isTrue();
    builder.putInt(0, 0x01020304);
    assertThat(builder.size()).isEqualTo(14);
    builder.truncate(13);
    SampleData data = builder.build();
    assertThat(data.toByteArray()).containsExactly(1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(data.getInt(2)).isEqualTo(0x03040102);
    assertThat(builder.size()).isZero();
  }

  @Test
  void build_thenChanged_sampleStaysAsItWasBuilt() {
    SampleBuilder builder = new SampleBuilder(new SlabPool(8, 64));
    builder.append(bytes(1, 2, 3, 4));
    SampleData data = builder.build().keep();
    assertThatThrownBy(() -> builder.putInt(0, 9)).isInstanceOf(IndexOutOfBoundsException.class);
    builder.truncate(0);
    builder.append(bytes(5, 6));
    assertThat(data.toByteArray()).containsExactly(1, 2, 3, 4);
    data.release();
  }

  @Test
  void append_rangeOutsideTheBuffer_isRefusedAndNothingIsChanged() {
    SampleBuilder builder = new SampleBuilder(new SlabPool(8, 64));
    builder.append(bytes(1, 2, 3));
    assertThatThrownBy(() -> builder.append(bytes(4, 5), 1, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.append(bytes(4, 5).limit(1), 0, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(builder.build().toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void append_atTheLimit_isRefusedAndNothingIsLost() {
    SlabPool pool = new SlabPool(4, 8);
    SampleBuilder builder = new SampleBuilder(pool);
    assertThat(builder.append(bytes(1, 2, 3))).isTrue();
    ByteBuffer large = bytes(4, 5, 6, 7, 8, 9);
    assertThat(builder.append(large)).isFalse();
    assertThat(large.remaining()).isEqualTo(6);
    assertThat(builder.size()).isEqualTo(3);
    assertThat(builder.appendInt(1)).isTrue();
    assertThat(builder.appendInt(1)).isFalse();
    assertThat(builder.appendByte(1)).isTrue();
    assertThat(builder.appendByte(1)).isFalse();
    builder.close();
    assertThat(pool.usedBytes()).isZero();
  }

  @Test
  void build_keptSamplesOfOneSlab_liveUntilReleased() {
    SlabPool pool = new SlabPool(8, 64);
    SampleBuilder builder = new SampleBuilder(pool);
    builder.append(bytes(1, 2, 3));
    SampleData first = builder.build().keep();
    builder.append(bytes(4, 5, 6, 7, 8, 9, 10));
    SampleData second = builder.build().keep();
    builder.append(bytes(11));
    builder.reset();
    builder.close();
    assertThat(first.toByteArray()).containsExactly(1, 2, 3);
    assertThat(second.toByteArray()).containsExactly(4, 5, 6, 7, 8, 9, 10);
    first.release();
    assertThat(pool.usedBytes()).isEqualTo(16);
    second.release();
    assertThat(pool.usedBytes()).isZero();
    assertThatThrownBy(second::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void slice_emptyAtTheEnd_isEmpty() {
    SampleData data = SampleData.copyOf(new byte[] {1, 2, 3, 4});
    assertThat(data.slice(4, 0).toByteArray()).isEmpty();
    assertThat(data.slice(1, 2).slice(1, 1).toByteArray()).containsExactly(3);
    assertThat(SampleData.copyOf(new byte[0]).size()).isZero();
    assertThatThrownBy(() -> data.slice(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> data.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void truncate_outOfRange_isRefused() {
    SampleBuilder builder = new SampleBuilder(new SlabPool(8, 64));
    builder.append(bytes(1));
    assertThatThrownBy(() -> builder.truncate(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.putInt(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void append_randomSamplesKeptForAWhile_allIntactAndAllMemoryComesBack() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      SlabPool pool = new SlabPool(1 + random.nextInt(100), 1 << 20);
      SampleBuilder builder = new SampleBuilder(pool);
      Deque<SampleData> kept = new ArrayDeque<>();
      Deque<byte[]> expected = new ArrayDeque<>();
      for (int i = 0; i < 200; i++) {
        byte[] content = sample(builder, random);
        SampleData data = builder.build();
        if (random.nextInt(3) > 0) {
          kept.add(data.keep());
          expected.add(content);
        }
        assertThat(data.toByteArray()).isEqualTo(content);
        if (kept.size() > 20) {
          assertThat(kept.getFirst().toByteArray()).isEqualTo(expected.remove());
          kept.remove().release();
        }
      }
      builder.close();
      assertThat(concatenated(kept)).isEqualTo(join(expected));
      kept.forEach(SampleData::release);
      assertThat(pool.usedBytes()).isZero();
    }
  }

  private static byte[] sample(SampleBuilder builder, Random random) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (random.nextInt(5) == 0) {
      builder.append(ByteBuffer.allocate(random.nextInt(300)));
      builder.reset();
    }
    for (int i = random.nextInt(6); i >= 0; i--) {
      byte[] piece = new byte[1 + random.nextInt(150)];
      random.nextBytes(piece);
      assertThat(builder.append(ByteBuffer.wrap(piece))).isTrue();
      content.writeBytes(piece);
    }
    return content.toByteArray();
  }

  /** Reads kept samples the way a gathering write does. */
  private static byte[] concatenated(Deque<SampleData> samples) {
    SampleDataList list = new SampleDataList();
    samples.forEach(list::add);
    List<ByteBuffer> buffers = new ArrayList<>();
    list.appendTo(buffers);
    ByteBuffer all = ByteBuffer.allocate((int) list.size());
    buffers.forEach(all::put);
    assertThat(all.hasRemaining()).isFalse();
    list.release();
    assertThat(list.size()).isZero();
    return all.array();
  }

  private static byte[] join(Deque<byte[]> contents) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    contents.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
