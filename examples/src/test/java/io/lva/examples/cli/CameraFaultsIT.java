package io.lva.examples.cli;

import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.examples.judge.ClockFrames;
import io.lva.examples.judge.LvaProcess;
import io.lva.examples.judge.Recorded;
import io.lva.examples.judge.Verified;
import io.lva.rtspsim.CameraSimulator;
import io.lva.testkit.Judges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Cameras that go away and change, and recordings that are interrupted: the asset tells it as it
 * was, and its pictures carry the time at which they were taken.
 */
@Execution(ExecutionMode.CONCURRENT)
class CameraFaultsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long FRAME_MILLIS = 40;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void record_twiceToOneAsset_showsTwoRunsAndTheOperatorsGap() throws IOException {
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start()) {
      for (int i = 0; i < 2; i++) {
        try (LvaProcess lva = record(camera, "--seconds", "2")) {
          assertThat(lva.await(PATIENCE).exitCode()).isZero();
        }
      }
    }

    Verified asset = verified();
    assertThat(asset.runs()).hasSize(2);
    assertThat(asset.runs().get(0).name()).isNotEqualTo(asset.runs().get(1).name());
    Instant stopped = asset.runs().get(0).end();
    Instant again = asset.runs().get(1).start();
    // The camera's burst may reach back before the end of the first recording.
    Optional<Instant> gapEnd = Optional.of(again.isBefore(stopped) ? stopped : again);
    assertThat(asset.gaps())
        .containsExactly(
            new Verified.Gap(stopped, gapEnd, "operator", "runtime"),
            new Verified.Gap(asset.runs().get(1).end(), Optional.empty(), "operator", "runtime"));
  }

  @Test
  void record_whileTheCameraGoesAwayForLong_showsTheGapBetweenTwoRuns() throws IOException {
    Outage outage = recordThrough(Duration.ofSeconds(12));

    assertThat(outage.asset().runs()).hasSize(2);
    assertThat(outage.gap().start()).isEqualTo(outage.asset().runs().get(0).end());
    assertThat(outage.gap().end()).contains(outage.asset().runs().get(1).start());
    export(outage.asset().runs().get(0));
    export(outage.asset().runs().get(1));
  }

  @Test
  void record_whileTheCameraGoesAwayForShort_bridgesTheGapWithinTheRun() throws IOException {
    Outage outage = recordThrough(Duration.ofSeconds(4));

    assertThat(outage.asset().runs()).hasSize(1);
    Verified.Run run = outage.asset().runs().get(0);
    assertThat(outage.gap().start()).isBetween(run.start(), run.end());
    assertThat(outage.gap().end().orElseThrow()).isBetween(run.start(), run.end());
  }

  @Test
  void record_whileTheCameraChangesItsResolution_beginsARunThatExportsAlone() throws IOException {
    Judges.require("ffmpeg", "ffprobe");
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        LvaProcess lva = record(camera, "--seconds", "24")) {
      lva.awaitOutput("RecordingAvailable", PATIENCE);
      camera.changePatternScale(2, Duration.ofSeconds(3));
      assertThat(lva.await(PATIENCE).exitCode()).isZero();
    }

    Verified asset = verified();
    assertThat(asset.runs()).hasSize(2);
    Verified.Run small = asset.runs().get(0);
    Verified.Run large = asset.runs().get(1);
    assertThat(small.end()).isCloseTo(large.start(), within(FRAME_MILLIS, MILLIS));
    export(small);
    export(large);
    export(new Verified.Run("within", large.start().plusMillis(730), large.end().minusMillis(550)));
    Judges.Verdict across = export(small.start(), large.end(), folder.resolve("across.mp4"));
    assertThat(across.exitCode()).isEqualTo(2);
    assertThat(across.errors()).contains("format").hasLineCount(1);
    assertThat(folder.resolve("across.mp4")).doesNotExist();
  }

  @Test
  void record_forAWhile_givesEachPictureTheTimeAtWhichItWasTaken() throws IOException {
    Judges.require("ffmpeg", "ffprobe");
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        LvaProcess lva = record(camera, "--seconds", "20")) {
      assertThat(lva.await(PATIENCE).exitCode()).isZero();
    }

    int pictures = 0;
    for (Path index : Recorded.files(store(), ".jsonl")) {
      for (String line : Files.readAllLines(index)) {
        JsonNode row = MAPPER.readTree(line);
        if (row.path("row").asText().equals("segment")) {
          pictures += assertTimesAreTrue(row);
        }
      }
    }
    assertThat(pictures).isGreaterThanOrEqualTo(19 * 25);
  }

  /** Compares what the index says of a segment's pictures with what they show. */
  private int assertTimesAreTrue(JsonNode row) {
    JsonNode track = row.at("/tracks/0");
    long ticksPerMilli = track.path("timescale").asLong() / 1000;
    Path file = store().resolve("door").resolve(row.path("file").asText());
    List<Instant> shown = ClockFrames.of(folder, file).times();
    List<Long> told = new ArrayList<>();
    for (long decodeTime : Recorded.decodeTimes(file)) {
      told.add((track.path("base").asLong() + decodeTime) / ticksPerMilli);
    }
    assertThat(shown).hasSameSizeAs(told);
    for (int i = 0; i < shown.size(); i++) {
      assertThat(Instant.ofEpochMilli(told.get(i)))
          .as("picture " + i + " of " + file.getFileName())
          .isCloseTo(shown.get(i), within(100, MILLIS));
    }
    return shown.size();
  }

  /** The asset after an outage, and when that began and ended. */
  private record Outage(Verified asset) {
    Verified.Gap gap() {
      return asset.gaps().get(0);
    }
  }

  private Outage recordThrough(Duration length) throws IOException {
    try (CameraSimulator camera = CameraSimulator.builder().burst(true).start();
        LvaProcess lva = record(camera)) {
      lva.awaitOutput("RecordingAvailable", PATIENCE);
      assertThat(lva.endsWithin(Duration.ofSeconds(2))).isFalse();
      Instant begin = Instant.now();
      camera.outage(length);
      Instant away = Instant.now();
      Instant back = awaitSession(lva, 2);
      assertThat(lva.endsWithin(Duration.ofSeconds(5))).isFalse();
      lva.interrupt();
      assertThat(lva.await(PATIENCE).exitCode()).isZero();

      Outage outage = new Outage(verified());
      assertThat(outage.asset().gaps()).hasSize(2);
      assertThat(outage.asset().gaps().get(1).cause()).isEqualTo("operator");
      Verified.Gap gap = outage.gap();
      assertThat(gap.cause()).isIn("stream-ended", "camera-unreachable");
      assertThat(gap.origin()).isEqualTo("source");
      assertThat(gap.start()).isBetween(begin.minusSeconds(1), away.plusSeconds(1));
      assertThat(back).isAfter(begin.plus(length));
      // The camera's burst begins with a group of two seconds.
      assertThat(gap.end().orElseThrow()).isBetween(back.minusSeconds(3), back.plusSeconds(1));
      return outage;
    }
  }

  /** Waits for a connection to the camera; returns when that was. */
  private static Instant awaitSession(LvaProcess lva, int number) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Instant> sessions = sessions(lva);
    while (sessions.size() < number) {
      assertThat(lva.endsWithin(Duration.ofMillis(100))).isFalse();
      assertThat(System.nanoTime()).as(lva.output()).isLessThan(end);
      sessions = sessions(lva);
    }
    return sessions.get(number - 1);
  }

  private static List<Instant> sessions(LvaProcess lva) {
    Pattern event = Pattern.compile("MediaSessionEstablished\",\"eventTime\":\"([^\"]+)\"");
    return event
        .matcher(lva.output())
        .results()
        .map(found -> Instant.parse(found.group(1)))
        .toList();
  }

  /** Exports a stretch without a gap; its first and last picture are those that were asked for. */
  private void export(Verified.Run stretch) {
    Path clip = folder.resolve(stretch.name() + ".mp4");
    Judges.Verdict verdict = export(stretch.start(), stretch.end(), clip);
    assertThat(verdict.errors()).isEmpty();
    assertThat(verdict.exitCode()).isZero();
    Judges.require("ffmpeg");
    Judges.decodes(clip.toString());
    ClockFrames frames = ClockFrames.of(folder, clip);
    assertThat(frames.first()).isCloseTo(stretch.start(), within(100, MILLIS));
    assertThat(frames.last().plusMillis(FRAME_MILLIS))
        .isCloseTo(stretch.end(), within(100, MILLIS));
  }

  private Judges.Verdict export(Instant start, Instant end, Path clip) {
    return LvaProcess.run(
        folder,
        "export",
        "--store",
        store().toString(),
        "--asset",
        "door",
        "--start",
        start.toString(),
        "--end",
        end.toString(),
        "-o",
        clip.toString());
  }

  private LvaProcess record(CameraSimulator camera, String... options) {
    List<String> arguments = new ArrayList<>(List.of("record", camera.uri("/pattern").toString()));
    arguments.addAll(List.of("--asset", "door", "--store", store().toString()));
    arguments.addAll(List.of(options));
    return LvaProcess.start(folder, arguments.toArray(String[]::new));
  }

  private Verified verified() {
    Verified asset = Verified.of(folder, store(), "door");
    assertThat(asset.problems()).isEmpty();
    return asset;
  }

  private Path store() {
    return folder.resolve("store");
  }
}
