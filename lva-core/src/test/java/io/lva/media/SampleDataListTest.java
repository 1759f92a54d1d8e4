package io.lva.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleDataListTest {
  @Test
  void appendTo_samplesBehindOneAnother_areOneBuffer() {
    SlabPool pool = new SlabPool(1000, 10_000);
    SampleBuilder builder = new SampleBuilder(pool);
    SampleDataList list = new SampleDataList();
    for (int i = 0; i < 10; i++) {
      builder.append(ByteBuffer.allocate(50));
      list.add(builder.build());
    }
    List<ByteBuffer> buffers = new ArrayList<>();
    list.appendTo(buffers);
    assertThat(buffers).hasSize(1);
    assertThat(buffers.get(0).remaining()).isEqualTo(500);
    assertThat(buffers.get(0).isReadOnly()).isTrue();
    builder.close();
    assertThat(pool.usedBytes()).isEqualTo(1000);
    list.release();
    assertThat(pool.usedBytes()).isZero();
  }

  @Test
  void appendTo_droppedSampleBetween_leavesItOut() {
    SampleBuilder builder = new SampleBuilder(new SlabPool(1000, 10_000));
    SampleDataList list = new SampleDataList();
    builder.append(ByteBuffer.wrap(new byte[] {1}));
    list.add(builder.build());
    builder.append(ByteBuffer.wrap(new byte[] {2}));
    builder.build();
    builder.append(ByteBuffer.wrap(new byte[] {3}));
    list.add(builder.build());
    List<ByteBuffer> buffers = new ArrayList<>();
    list.appendTo(buffers);
    assertThat(buffers).hasSize(2);
    assertThat(list.size()).isEqualTo(2);
    assertThat(buffers.get(1).get(0)).isEqualTo((byte) 3);
  }
}
