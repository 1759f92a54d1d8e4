package io.lva.asset.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.store.PacedSource;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UploadRateTest {
  private static final int SIZE_BYTES = 1_000_000;

  /** Time passes only while an upload waits. */
  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return nanos;
        }

        @Override
        public long utcNanos() {
          return nanos;
        }
      };

  private long nanos = Long.MAX_VALUE - 1_000_000_000; // the clock of Java may overflow

  private UploadRate rate(double megabitsPerSecond) {
    return new UploadRate(
        OptionalDouble.of(megabitsPerSecond), clock, duration -> nanos += duration);
  }

  private static ByteSource content() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE_BYTES);
    for (int i = 0; i < SIZE_BYTES; i++) {
      bytes.put(i, (byte) (i * 31));
    }
    return ByteSource.of(bytes);
  }

  private static ByteBuffer readAll(ByteSource source, int atOnce) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(SIZE_BYTES);
    while (all.hasRemaining()) {
      ByteBuffer piece = ByteBuffer.allocate(Math.min(atOnce, all.remaining()));
      assertThat(source.read(all.position(), piece)).isPositive();
      all.put(piece.flip());
    }
    assertThat(source.read(SIZE_BYTES, ByteBuffer.allocate(1))).isEqualTo(-1);
    return all.flip();
  }

  private Duration time(ByteSource source, int atOnce) throws IOException {
    long before = nanos;
    assertThat(readAll(source, atOnce)).isEqualTo(readAll(content(), SIZE_BYTES));
    return Duration.ofNanos(nanos - before);
  }

  @Test
  void paced_megabyteAtFourMegabits_takesTwoSeconds() throws IOException {
    for (int atOnce : new int[] {1000, 64 << 10, SIZE_BYTES}) {
      assertThat(time(rate(4).paced(content()), atOnce))
          .isBetween(Duration.ofMillis(1850), Duration.ofMillis(2001));
    }
  }

  @Test
  void paced_severalUploads_shareTheRateInTurn() throws IOException {
    UploadRate rate = rate(8);
    List<ByteSource> uploads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      uploads.add(rate.paced(content()));
    }
    long before = nanos;
    List<Long> turns = new ArrayList<>();
    for (int position = 0; position < SIZE_BYTES; position += 50_000) {
      for (ByteSource upload : uploads) {
        upload.read(position, ByteBuffer.allocate(50_000));
        turns.add(nanos - before);
      }
    }

    assertThat(Duration.ofNanos(turns.get(turns.size() - 1)))
        .isBetween(Duration.ofMillis(3900), Duration.ofMillis(4000));
    for (int i = 1; i < turns.size(); i++) {
      assertThat(turns.get(i) - turns.get(i - 1)).isEqualTo(50_000_000L);
    }
  }

  @Test
  void paced_afterAPause_doesNotMakeUpForIt() throws IOException {
    UploadRate rate = rate(4);
    time(rate.paced(content()), 1000);
    nanos += Duration.ofHours(1).toNanos();

    assertThat(time(rate.paced(content()), 1000)).isGreaterThan(Duration.ofMillis(1990));
  }

  @Test
  void unpaced_forAChecksum_takesNoTime() throws IOException {
    assertThat(time(PacedSource.unpaced(rate(4).paced(content())), 1000)).isZero();
  }

  @Test
  void paced_noLimit_isTheContentItself() throws IOException {
    ByteSource content = content();
    UploadRate none = new UploadRate(OptionalDouble.empty(), clock);

    assertThat(none.paced(content)).isSameAs(content);
    assertThat(PacedSource.unpaced(content)).isSameAs(content);
  }

  @Test
  void read_interruptedWhileItWaits_ends() throws IOException {
    UploadRate rate =
        new UploadRate(OptionalDouble.of(4), clock, duration -> Thread.currentThread().interrupt());
    ByteSource source = rate.paced(content());
    source.read(0, ByteBuffer.allocate(1000));

    assertThatThrownBy(() -> source.read(1000, ByteBuffer.allocate(1000)))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
