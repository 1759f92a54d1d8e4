package io.lva.asset.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.archive.AssetFolder;
import io.lva.asset.archive.AssetView;
import io.lva.asset.archive.ChildProcess;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.spi.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording process is killed at random moments, again and again on one asset.
 *
 * <p>{@code -Dlva.kills=500} for more of them; how much media each kill cost is counted in {@code
 * target/kills.txt}.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("lva.kills", 4);
  private static final Duration PART = Duration.ofMillis(500);
  private static final Duration STEP = Duration.ofMillis(200);

  /** What waits for the writer lane, which the recorder runs after every 200 ms of media. */
  private static final Duration QUEUED = Duration.ofMillis(240);

  private final Random random = new Random(KILLS);
  private final Map<Long, Integer> lostMillis = new TreeMap<>();

  @TempDir private Path folder;

  @Test
  void open_afterKill_hasEverythingButThePartBeingBuilt() throws Exception {
    DiskAssetStore store = new DiskAssetStore(folder, FileOps.disk());
    AssetView view = new AssetView(store, AssetLayout.folderName(RecorderRig.ASSET));
    Instant resume = Fixtures.START;
    for (int kill = 0; kill < KILLS; kill++) {
      long offset = Duration.between(Fixtures.START, resume).toSeconds() + 1;
      List<Instant> given = recordAndKill(offset, kill);
      try (AssetFolder opened = AssetFolder.open(store, RecorderRig.ASSET, Clock.system())) {
        Instant start = Fixtures.START.plusSeconds(offset);
        Instant end = opened.recovered().lastEnd().filter(start::isBefore).orElse(start);
        Duration lost = mediaBehind(end, given);
        assertThat(lost).as("kill %s", kill).isLessThanOrEqualTo(PART.plus(QUEUED));
        lostMillis.merge(Math.max(0, lost.toMillis() / 100 * 100), 1, Integer::sum);
        resume = given.get(given.size() - 1).plusSeconds(60);
      }
      if (kill % 10 == 9 || kill == KILLS - 1) {
        AssetReport report = AssetVerifier.verify(view.store(), view.folder(), hour -> {});
        assertThat(report.problems()).as("kill %s", kill).isEmpty();
        assertThat(report.gaps()).isNotEmpty();
      }
    }
    report();
  }

  /** Each instant ends a step of media; there may be holes between them. */
  private static Duration mediaBehind(Instant end, List<Instant> given) {
    Duration lost = Duration.ZERO;
    for (Instant step : given) {
      Duration behind = Duration.between(end, step);
      if (!behind.isNegative()) {
        lost = lost.plus(behind.compareTo(STEP) < 0 ? behind : STEP);
      }
    }
    return lost;
  }

  private List<Instant> recordAndKill(long offsetSeconds, int kill) throws Exception {
    Process recorder =
        ChildProcess.start(
            KilledRecorder.class,
            folder.toString(),
            String.valueOf(offsetSeconds),
            String.valueOf(kill));
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(recorder.getInputStream(), UTF_8))) {
      String line = out.readLine();
      assertThat(line).isNotNull();
      boolean ended = recorder.waitFor(50 + random.nextInt(700), TimeUnit.MILLISECONDS);
      assertThat(ended).isFalse();
      // Not by the process itself, which would throw away what waits in the pipe.
      assertThat(recorder.toHandle().destroyForcibly()).isTrue();
      recorder.waitFor();
      List<Instant> given = new ArrayList<>();
      while (line != null) {
        given.add(Instant.parse(line));
        line = out.readLine();
      }
      return given;
    }
  }

  private void report() throws IOException {
    StringBuilder lines = new StringBuilder("lost ms, kills\n");
    lostMillis.forEach(
        (millis, count) -> lines.append(millis).append(", ").append(count).append('\n'));
    Files.writeString(Path.of("target", "kills.txt"), lines);
  }
}
