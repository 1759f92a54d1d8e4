package io.lva.rtsp.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelDropsTest {
  @TempDir private Path folder;
  private long nanos;

  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return nanos;
        }

        @Override
        public long utcNanos() {
          return 0;
        }
      };

  private Path table(long drops) throws IOException {
    return Files.writeString(
        folder.resolve("udp"),
        "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
            + "  timeout inode ref pointer drops\n"
            + " 9652: 0100007F:1388 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
            + "        0 248766 2 00000000bef4f45d "
            + drops
            + "\n");
  }

  @Test
  void ofPort_tableOfLinux_isReadEveryFiveSeconds() throws IOException {
    KernelDrops drops = new KernelDrops(clock, table(7));
    assertThat(drops.ofPort(5000)).isEqualTo(7);
    assertThat(drops.ofPort(5001)).isZero();
    table(9);
    assertThat(drops.ofPort(5000)).isEqualTo(7);
    nanos += 5_000_000_000L;
    assertThat(drops.ofPort(5000)).isEqualTo(9);
  }

  @Test
  void ofPort_hostWithoutIpv6_countsOfTheOtherTable() throws IOException {
    KernelDrops drops = new KernelDrops(clock, table(7), folder.resolve("none"));
    assertThat(drops.ofPort(5000)).isEqualTo(7);
  }

  @Test
  void ofPort_noTableOrAnotherForm_isZero() throws IOException {
    Path strange = Files.writeString(folder.resolve("strange"), "a b:zz c d e f g h i j k l m\n");
    assertThat(new KernelDrops(clock, strange).ofPort(5000)).isZero();
    assertThat(new KernelDrops(clock, folder.resolve("none")).ofPort(5000)).isZero();
  }
}
