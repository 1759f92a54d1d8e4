package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  @TempDir private Path folder;

  @Test
  void readLine_processThatEnds_returnsItsLinesAndThenThrows() throws IOException {
    try (ChildProcess child = ChildProcess.start(List.of("echo", "ready"))) {
      assertThat(child.readLine()).isEqualTo("ready");
      assertThatThrownBy(child::readLine)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the process has ended");
    }
  }

  @Test
  void ask_processThatAnswers_returnsItsLine() throws IOException {
    try (ChildProcess child = ChildProcess.start(List.of("cat"))) {
      assertThat(child.ask("how many")).isEqualTo("how many");
    }
  }

  @Test
  void java_farmWithoutGoodClip_saysWhyInOneLine() throws Exception {
    Path clip = Files.writeString(folder.resolve("clip.mp4"), "no film");
    assertThat(said(CameraFarm.class, clip.toString()))
        .matches("the cameras cannot send: .*clip.mp4 is not an MP4 file that can be read\n");
    assertThat(said(CameraFarm.class)).isEqualTo("usage: CameraFarm CLIP [max]\n");
    assertThat(said(RecorderProcess.class, "store"))
        .isEqualTo("usage: RecorderProcess STORE live|camera URL...\n");
  }

  private static String said(Class<?> main, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isNotZero();
    return text;
  }
}
