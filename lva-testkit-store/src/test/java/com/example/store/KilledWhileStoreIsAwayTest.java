package com.example.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.AssetReader;
import io.lva.asset.Fragment;
import io.lva.asset.index.TimeRange;
import io.lva.asset.verify.AssetVerifier;
import io.lva.media.GapCause;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorders are killed while the store is away, from the very first start on. */
class KilledWhileStoreIsAwayTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  /** The part being built, and what was on its way to the disk. */
  private static final Duration MOST_LOST = Duration.ofSeconds(4);

  @TempDir private Path folder;

  private Process recorder(int offsetSeconds, int seconds) throws IOException {
    String classPath =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            DoorProcess.class.getName(),
            folder.resolve("store").toString(),
            folder.resolve("cache").toString(),
            START.plusSeconds(offsetSeconds).toString(),
            String.valueOf(seconds))
        .redirectError(folder.resolve("recorder.log").toFile())
        .start();
  }

  private void recordAndKill(int offsetSeconds, int seconds) throws Exception {
    Process recorder = recorder(offsetSeconds, 100_000);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(recorder.getInputStream(), UTF_8))) {
      String line = out.readLine();
      while (line != null && Integer.parseInt(line) < seconds) {
        line = out.readLine();
      }
      assertThat(line).as(Files.readString(folder.resolve("recorder.log"))).isNotNull();
    } finally {
      recorder.destroyForcibly();
      recorder.waitFor();
    }
  }

  @Test
  void record_killedTwiceWhileStoreIsAway_nothingIsLost() throws Exception {
    Path place = folder.resolve("store");
    FolderObjectStore.away(place, true);
    recordAndKill(0, 75);
    recordAndKill(200, 40);
    FolderObjectStore.away(place, false);
    Process last = recorder(400, 20);
    assertThat(last.waitFor()).as(Files.readString(folder.resolve("recorder.log"))).isZero();

    try (Stream<Path> cached = Files.walk(folder.resolve("cache"))) {
      assertThat(cached.filter(file -> file.toString().matches(".*\\.(mp4|part)"))).isEmpty();
    }
    try (FolderObjectStore store = new FolderObjectStore(place);
        AssetReader reader = AssetReader.open(store, "door")) {
      assertThat(AssetVerifier.verify(store, "door", hour -> {}).problems()).isEmpty();
      List<TimeRange> ranges = reader.ranges(START, START.plusSeconds(3600));
      assertThat(ranges).hasSize(3);
      check(ranges.get(0), 0, 75);
      check(ranges.get(1), 200, 40);
      assertThat(ranges.get(2))
          .isEqualTo(new TimeRange(START.plusSeconds(400), START.plusSeconds(420)));
      for (Fragment fragment : reader.fragments(START, START.plusSeconds(3600), 1)) {
        assertThat(fragment.segment().epoch()).isPositive();
        assertThat(reader.read(fragment).remaining()).isEqualTo(fragment.lengthBytes());
      }
      assertThat(reader.gaps(START, START.plusSeconds(399)))
          .hasSize(2)
          .allMatch(gap -> gap.gap().causes().contains(GapCause.PROCESS_STOPPED));
    }
  }

  private static void check(TimeRange range, int start, int seconds) {
    assertThat(range.start()).isEqualTo(START.plusSeconds(start));
    assertThat(range.end()).isAfter(START.plusSeconds(start + seconds).minus(MOST_LOST));
  }
}
