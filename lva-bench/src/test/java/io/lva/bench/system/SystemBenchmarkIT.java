package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the benchmark for a few seconds: that it works, not what it finds. */
class SystemBenchmarkIT {
  private static final String TOO_BUSY = "not reported: lva, 2 cameras: the sender fell behind.*";

  @TempDir private Path folder;

  @Test
  void main_twoCamerasAndPlayer_reportsFigures() throws Exception {
    Path clip = clip();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        SystemBenchmark.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, /* autoFlush= */ true));

    int code =
        command.execute(
            "--clip=" + clip,
            "--cameras=2",
            "--recorders=lva",
            "--viewers=1",
            "--warm-up=4",
            "--seconds=3",
            "--folder=" + folder);

    List<String> said = err.toString().lines().skip(1).toList();
    if (said.stream().anyMatch(line -> line.matches(TOO_BUSY))) {
      assertThat(code).isEqualTo(1); // a busy machine: no figures, as it should be
      assertThat(out.toString()).isEmpty();
    } else {
      assertThat(code).describedAs(err.toString()).isZero();
      assertThat(out.toString().lines().toList().get(2)).matches("\\| lva \\| 2 \\| .*");
    }
  }

  private Path clip() {
    Judges.require("ffmpeg");
    Path clip = folder.resolve("clip.mp4");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-f", "lavfi"));
    command.addAll(List.of("-i", "testsrc2=size=320x240:rate=25", "-t", "4", "-c:v", "libx264"));
    command.addAll(List.of("-preset", "ultrafast", "-g", "25", "-bf", "0"));
    command.addAll(List.of("-pix_fmt", "yuv420p", clip.toString()));
    Judges.accept(command.toArray(String[]::new));
    return clip;
  }
}
