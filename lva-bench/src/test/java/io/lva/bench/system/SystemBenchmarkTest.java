package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemBenchmarkTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter refused = new StringWriter();

  private int report(Result... results) throws IOException {
    return SystemBenchmark.report(
        List.of(results),
        folder.resolve("figures.json"),
        new PrintWriter(out),
        new PrintWriter(refused));
  }

  private void assertRefused(Result result, String reason) throws IOException {
    assertThat(report(Results.good("ffmpeg"), result)).isEqualTo(1);
    assertThat(refused.toString()).isEqualTo("not reported: lva, 10 cameras: " + reason + "\n");
    assertThat(out.toString()).isEmpty();
    assertThat(folder.resolve("figures.json")).doesNotExist();
  }

  @Test
  void report_goodResults_printsTableAndJson() throws IOException {
    assertThat(report(Results.good("lva"), Results.good("ffmpeg"))).isZero();
    assertThat(out.toString().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("| lva | 10 | 0.100 | 0.250 | 2.00 | 0.30 | 0.50 |"));
    JsonNode figures = new ObjectMapper().readTree(folder.resolve("figures.json").toFile());
    assertThat(figures).hasSize(2);
    assertThat(figures.get(1).get("cpuRatioToLva").asDouble()).isEqualTo(1.0);
    assertThat(figures.get(0).get("usage").get("writeCalls").asInt()).isEqualTo(1200);
  }

  @Test
  void report_frameMissing_refuses() throws IOException {
    assertRefused(
        Results.incomplete("camera 7: 1 frames are missing between 1500"),
        "frames were dropped: 1 of 10 recordings are not complete; "
            + "camera 7: 1 frames are missing between 1500");
  }

  @Test
  void report_recorderCountsDrops_refuses() throws IOException {
    assertRefused(
        Results.counted("lva.recording.dropped.groups", 2),
        "frames were dropped: lva.recording.dropped.groups is 2");
  }

  @Test
  void report_eventOfDrop_refuses() throws IOException {
    assertRefused(
        Results.counted(Counters.DROPPED, 1), "frames were dropped: events.DataDropped is 1");
  }

  @Test
  void report_lateFrames_refuses() throws IOException {
    assertRefused(
        Results.sent(new FarmReport(10, 15_000, 16, 300_000_000)),
        "the sender fell behind: 16 of 15000 frames were late");
  }

  @Test
  void report_cameraThatNeverPlayed_refuses() throws IOException {
    assertRefused(
        Results.sent(new FarmReport(9, 15_000, 0, 300_000_000)), "only 9 of 10 cameras play");
  }

  @Test
  void report_recordingWithProblem_refuses() throws IOException {
    assertRefused(
        Results.unverified("c-1: a.mp4: not in the index"),
        "the recording does not verify: 1 problems, the first is c-1: a.mp4: not in the index");
  }

  @Test
  void report_counterOfSomethingElse_isNoRefusal() throws IOException {
    assertThat(report(Results.counted("lva.recording.syncs", 600))).isZero();
  }

  @Test
  void main_badArguments_saysWhatIsWrong() throws IOException {
    Path clip = Files.createFile(folder.resolve("clip.mp4"));
    assertThat(execute("--clip=" + clip + "x")).isEqualTo(2);
    assertThat(refused.toString()).startsWith("there is no clip ");
    assertThat(execute("--clip=" + clip, "--cameras=2,0")).isEqualTo(2);
    assertThat(execute("--clip=" + clip, "--recorders=lva,vcr")).isEqualTo(2);
    assertThat(execute("--clip=" + clip, "--clock=sundial")).isEqualTo(2);
    assertThat(execute("--clip=" + clip, "--memory=lent")).isEqualTo(2);
  }

  @Test
  void main_clipThatIsNone_measuresNothing() throws IOException {
    Path clip = Files.createFile(folder.resolve("clip.mp4"));
    assertThat(execute("--clip=" + clip, "--cameras=1", "--recorders=lva")).isEqualTo(1);
    assertThat(refused.toString())
        .startsWith("not measured: " + clip + " is not an MP4 file that can be read");
    assertThat(out.toString()).isEmpty();
  }

  private int execute(String... arguments) {
    return SystemBenchmark.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(refused))
        .execute(arguments);
  }
}
