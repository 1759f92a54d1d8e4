package io.lva.asset.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.MemoryFiles;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.upload.LocalCopies;
import io.lva.asset.upload.UploadPolicy;
import io.lva.asset.upload.UploadRate;
import io.lva.asset.upload.UploadStatus;
import io.lva.asset.upload.UploadStatus.State;
import io.lva.event.GraphEvent;
import io.lva.spi.Metrics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UploadReportsTest {
  private static final long CACHE_BYTES = 100 << 20;

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final List<GraphEvent> events = new ArrayList<>();
  private final UploadReports reports;

  UploadReportsTest() throws IOException {
    DiskAssetStore spools = new DiskAssetStore(Path.of("/spool"), new MemoryFiles());
    UploadRate rate = new UploadRate(OptionalDouble.empty(), clock);
    UploadPolicy policy =
        new UploadPolicy("owner", CACHE_BYTES, rate, LocalCopies.of(spools, 0), clock);
    URI store = URI.create("memory:store");
    reports = new UploadReports("door", store, policy, Metrics.none(), events::add);
  }

  private void progress(long mebibytes, Duration age) {
    reports.progressed(new UploadStatus(State.STORE_AWAY, mebibytes << 20, age, 0));
  }

  @Test
  void progressed_oldestWaitsLong_isReportedOnceUntilItIsHalfAsLong() {
    progress(1, Duration.ofMinutes(10));
    assertThat(events).isEmpty();

    progress(1, Duration.ofMinutes(11));
    progress(1, Duration.ofMinutes(12));
    progress(1, Duration.ofMinutes(6));
    progress(1, Duration.ofMinutes(11));
    assertThat(events)
        .containsExactly(
            new GraphEvent.StorageError(
                "memory:store",
                "uploadBacklog",
                "asset door: 1 MiB wait for the store, the oldest for 660 s (STORE_AWAY); the local"
                    + " media cache holds 100 MiB, then the oldest media is deleted"));

    progress(0, Duration.ZERO);
    progress(1, Duration.ofMinutes(11));
    assertThat(events).hasSize(2);
  }

  @Test
  void progressed_halfOfTheCacheIsFull_isReported() {
    progress(50, Duration.ofMinutes(1));
    assertThat(events).isEmpty();

    progress(51, Duration.ofMinutes(1));
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            GraphEvent.StorageError.class,
            event -> assertThat(event.errorCode()).isEqualTo("uploadBacklog"));
  }
}
