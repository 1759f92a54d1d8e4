package io.lva.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.examples.judge.Verified;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What kills cost: from the end of what was recorded to the moment of the kill. */
final class KillLosses {
  private static final int BUCKET_MILLIS = 100;

  /** Half a second of the part being built, a frame, and what a busy machine adds. */
  private static final Duration MOST = Duration.ofMillis(1500);

  private final List<Kill> kills = new ArrayList<>();

  /**
   * A process that recorded an asset from {@code start} and was killed at {@code end}; available:
   * it could be played.
   */
  record Kill(String asset, KillMoment moment, Instant start, Instant end, boolean available) {}

  /** Notes a kill. */
  void add(Kill kill) {
    kills.add(kill);
  }

  /** Compares with what is there after a restart, and writes a histogram beside the jar. */
  void check(Map<String, Verified> assets) throws IOException {
    TreeMap<Long, Integer> histogram = new TreeMap<>();
    for (Kill kill : kills) {
      Verified asset = Objects.requireNonNull(assets.get(kill.asset()));
      List<Instant> ends =
          asset.runs().stream()
              .map(Verified.Run::end)
              .filter(end -> end.isAfter(kill.start()) && end.isBefore(kill.end().plusMillis(200)))
              .toList();
      if (ends.isEmpty()) {
        assertThat(kill.available()).as("something could be played before " + kill).isFalse();
      } else {
        Duration lost = Duration.between(ends.get(ends.size() - 1), kill.end());
        assertThat(lost).as(kill.toString()).isLessThan(MOST);
        if (kill.moment() == KillMoment.RECORDING) {
          histogram.merge(Math.floorDiv(lost.toMillis(), BUCKET_MILLIS), 1, Integer::sum);
        }
      }
    }
    write(histogram);
  }

  private void write(Map<Long, Integer> histogram) throws IOException {
    StringBuilder text = new StringBuilder();
    for (KillMoment moment : KillMoment.values()) {
      long count = kills.stream().filter(kill -> kill.moment() == moment).count();
      text.append(count).append(" kills while ").append(moment).append('\n');
    }
    text.append("lost while recording, once the first part was written:\n");
    histogram.forEach(
        (bucket, count) ->
            text.append(
                "%5d ms %5d %s%n".formatted(bucket * BUCKET_MILLIS, count, "#".repeat(count))));
    Path report = Judges.projectRoot().resolve("examples/target/kill-losses.txt");
    Files.createDirectories(report.getParent());
    Files.writeString(report, text);
  }
}
