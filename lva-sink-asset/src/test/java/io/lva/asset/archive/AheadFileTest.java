package io.lva.asset.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.store.StoredFile;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AheadFileTest {
  private static final int SIZE_BYTES = 1_000_000;

  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE_BYTES);
  private int calls;
  private boolean failing;

  private final AheadFile file =
      new AheadFile(
          new StoredFile() {
            @Override
            public void close() {
              // Nothing is held.
            }

            @Override
            public long size() {
              calls++;
              return SIZE_BYTES;
            }

            @Override
            public int read(long position, ByteBuffer target) throws IOException {
              calls++;
              if (failing) {
                target.put((byte) 1);
                throw new IOException("Connection reset");
              }
              return ByteSource.of(bytes).read(position, target);
            }
          });

  AheadFileTest() {
    new Random(1).nextBytes(bytes.array());
  }

  private void check(long position, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    int count = file.read(position, target);
    assertThat(count).isPositive();
    assertThat(target.flip()).isEqualTo(bytes.slice((int) position, count));
  }

  @Test
  void read_headersOneAfterTheOther_takesACallForSeveral() throws IOException {
    for (int position = 0; position + 512 < SIZE_BYTES; position += 10_000) {
      check(position, 512);
    }
    assertThat(calls).isLessThan(20);
  }

  @Test
  void read_anywhere_isWhatIsThere() throws IOException {
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      check(random.nextInt(SIZE_BYTES), 1 + random.nextInt(2 * AheadFile.AHEAD_BYTES));
    }
    check(SIZE_BYTES - 1, 10);
    assertThat(file.read(SIZE_BYTES, ByteBuffer.allocate(10))).isEqualTo(-1);
    check(SIZE_BYTES - 1, 10);
  }

  @Test
  void read_afterOneThatFailed_isWhatIsThere() throws IOException {
    check(0, 512);
    failing = true;
    assertThatThrownBy(() -> check(500_000, 512)).hasMessage("Connection reset");
    failing = false;

    for (int position : new int[] {0, 500_000, 512, AheadFile.AHEAD_BYTES - 512}) {
      check(position, 512);
    }
  }

  @Test
  void size_askedOften_takesOneCall() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(file.size()).isEqualTo(SIZE_BYTES);
    }
    assertThat(calls).isEqualTo(1);
  }
}
