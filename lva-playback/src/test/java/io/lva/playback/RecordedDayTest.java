package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedDayTest {
  private static final String RANGE = "startTime=2026-11-21T00:00:00Z,endTime=2026-11-22T00:00:00Z";
  private static final Duration FAST = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path store;

  @BeforeEach
  void record() throws IOException {
    RecordedDay.write(store, "door");
  }

  private Playback playback() {
    return new Playback(
        new DiskAssetStore(store, FileOps.disk()),
        Clock.system(),
        folder -> Optional.empty(),
        new ManualTimer(),
        Playback.readers());
  }

  private static Response get(Playback playback, String target) {
    return playback
        .handle(new Request("GET", target, Map.of(), Map.of()))
        .toCompletableFuture()
        .join();
  }

  @Test
  void manifestOfADay_warm_takesLessThanATenthOfASecond() {
    Response answer = askUntilFast("/door/content.ism/video(" + RANGE + ").m3u8");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().size().orElseThrow()).isGreaterThan(RecordedDay.FRAGMENTS * 30L);
  }

  @Test
  void multivariantOfADay_warm_takesLessThanATenthOfASecond() {
    Response answer =
        askUntilFast("/door/content.ism/manifest(format=m3u8-cmaf," + RANGE + ").m3u8");
    assertThat(answer.status()).isEqualTo(200);
  }

  /** The fastest of many counts: what else the machine does is not measured. */
  private Response askUntilFast(String target) {
    try (Playback playback = playback()) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        long start = System.nanoTime();
        Response answer = get(playback, target);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (time.compareTo(FAST) < 0) {
          return answer;
        }
        assertThat(System.nanoTime()).as("it still takes " + time).isLessThan(end);
      }
    }
  }
}
