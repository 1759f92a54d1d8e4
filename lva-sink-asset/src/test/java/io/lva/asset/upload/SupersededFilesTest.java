package io.lva.asset.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.Utc;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersededFilesTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final int SIZE_BYTES = 1000;

  @TempDir private Path root;

  private Instant now = START.plus(Duration.ofHours(1));
  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return utcNanos();
        }

        @Override
        public long utcNanos() {
          return Utc.nanos(now);
        }
      };
  private AssetFolder spool;

  @BeforeEach
  void open() throws IOException {
    spool = AssetFolder.openSpool(new DiskAssetStore(root, FileOps.disk()), "door", clock);
    for (int minute = 0; minute < 3; minute++) {
      write(SegmentName.completePath(START.plusSeconds(60L * minute), RunId.random(), 0));
    }
  }

  private void write(String segment) throws IOException {
    Path file = spool.path(segment + ".superseded");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[SIZE_BYTES]);
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".superseded"))
          .map(name -> name.substring(9, 13))
          .sorted()
          .toList();
    }
  }

  @Test
  void trim_limitExceeded_deletesTheOldest() throws IOException {
    SupersededFiles files = new SupersededFiles(spool, clock);
    files.trim(3 * SIZE_BYTES);
    assertThat(left()).containsExactly("1000", "1001", "1002");

    files.trim(3 * SIZE_BYTES - 1);
    assertThat(left()).containsExactly("1001", "1002");

    files.trim(-1);
    assertThat(left()).isEmpty();
  }

  @Test
  void trim_afterAWeek_deletesWhatIsOlder() throws IOException {
    now = START.plus(SupersededFiles.KEPT).plusSeconds(90);

    new SupersededFiles(spool, clock).trim(Long.MAX_VALUE);

    assertThat(left()).containsExactly("1002");
  }
}
