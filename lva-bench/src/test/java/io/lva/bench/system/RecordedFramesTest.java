package io.lva.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFramesTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private void write(String name, StampedFile file) throws IOException {
    Files.write(folder.resolve(name), file.toByteArray());
  }

  @Test
  void flaw_everythingInTwoFiles_none() throws IOException {
    write("a.mp4", new StampedFile().frames(0, 50));
    write("b.mp4.part", new StampedFile().frames(50, 101));
    write("index.jsonl", new StampedFile().frames(0, 1));
    RecordedFrames frames = RecordedFrames.read(folder);
    assertThat(frames.count()).isEqualTo(101);
    assertThat(frames.flaw(0, 4 * SECOND)).isEmpty();
  }

  @Test
  void flaw_oneFrameMissing_isFound() throws IOException {
    write("a.mp4", new StampedFile().frames(0, 50).frames(51, 101));
    assertThat(RecordedFrames.read(folder).flaw(0, SECOND))
        .hasValueSatisfying(text -> assertThat(text).startsWith("1 frames are missing"));
  }

  @Test
  void flaw_frameTwice_isFound() throws IOException {
    write("a.mp4", new StampedFile().frames(0, 50).frames(49, 101));
    assertThat(RecordedFrames.read(folder).flaw(0, SECOND)).isPresent();
  }

  @Test
  void flaw_beginsLateOrEndsEarly_isFound() throws IOException {
    write("a.mp4", new StampedFile().frames(25, 75));
    RecordedFrames frames = RecordedFrames.read(folder);
    assertThat(frames.flaw(SECOND, 2 * SECOND)).isEmpty();
    assertThat(frames.flaw(0, 2 * SECOND)).hasValue("it begins 1.00 s late");
    assertThat(frames.flaw(SECOND, 3 * SECOND)).hasValue("it ends 0.04 s early");
  }

  @Test
  void flaw_noFile_isFound() throws IOException {
    assertThat(RecordedFrames.read(folder.resolve("nowhere")).flaw(0, 1))
        .hasValue("no frame is recorded");
  }
}
