package io.lva.fmp4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ByteSourceTest {
  private static String read(ByteSource source, long position, int most) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(most);
    int count = source.read(position, target);
    assertThat(target.limit()).isEqualTo(most);
    return count < 0 ? "end" : new String(target.array(), 0, target.position(), UTF_8);
  }

  @Test
  void range_readAnywhere_hasItsBytesAlone() throws IOException {
    ByteSource all = ByteSource.of(ByteBuffer.wrap("0123456789".getBytes(UTF_8)));
    ByteSource range = ByteSource.range(all, 2, 6);

    assertThat(range.size()).isEqualTo(4);
    assertThat(read(range, 0, 100)).isEqualTo("2345");
    assertThat(read(range, 1, 2)).isEqualTo("34");
    assertThat(read(range, 3, 2)).isEqualTo("5");
    assertThat(read(range, 4, 2)).isEqualTo("end");
    assertThat(read(ByteSource.range(all, 10, 10), 0, 2)).isEqualTo("end");
  }
}
