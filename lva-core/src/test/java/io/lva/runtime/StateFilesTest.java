package io.lva.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {
  @TempDir Path directory;

  /** The process ends before, or in the middle of, the given step; nothing happens afterwards. */
  private static final class CrashingFiles extends StateFiles {
    private int stepsLeft;

    CrashingFiles(Path directory, int steps) throws IOException {
      super(directory);
      stepsLeft = steps;
    }

    private void step() throws IOException {
      if (stepsLeft-- <= 0) {
        throw new IOException("crashed");
      }
    }

    @Override
    void write(Path file, byte[] content) throws IOException {
      step();
      try {
        step();
      } catch (IOException e) {
        super.write(file, Arrays.copyOf(content, content.length / 2));
        throw e;
      }
      super.write(file, content);
    }

    @Override
    void rename(Path from, Path to) throws IOException {
      step();
      super.rename(from, to);
    }

    @Override
    void remove(Path file) throws IOException {
      step();
      super.remove(file);
    }

    @Override
    void sync(Path folder) throws IOException {
      step();
      super.sync(folder);
    }
  }

  /** One change of the state. */
  @FunctionalInterface
  private interface Change {
    void apply(StateFiles files) throws IOException;
  }

  private static final List<Change> CHANGES =
      List.of(
          put("a", "{\"v\":1}"),
          put("b", "{\"v\":1}"),
          put("a", "{\"v\":2}"),
          files -> files.delete("b"),
          put("c", "{\"v\":1}"),
          files -> files.delete("none"));

  private static Change put(String name, String content) {
    return files -> files.put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> texts(StateFiles files) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    files
        .load()
        .forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  @Test
  void load_afterCrashAtEveryStep_lastAcknowledgedStateOrOneMore() throws IOException {
    List<Map<String, String>> states = new ArrayList<>();
    StateFiles sound = new StateFiles(directory.resolve("sound"));
    states.add(texts(sound));
    for (Change change : CHANGES) {
      change.apply(sound);
      states.add(texts(sound));
    }
    boolean crashed = true;
    int steps = 0;
    for (; crashed; steps++) {
      Path folder = directory.resolve("crash" + steps);
      int acknowledged = run(new CrashingFiles(folder, steps));
      crashed = acknowledged < CHANGES.size();
      Map<String, String> found = texts(new StateFiles(folder));
      assertThat(found)
          .as("crash before step %d, %d calls acknowledged", steps, acknowledged)
          .isIn(states.get(acknowledged), states.get(Math.min(acknowledged + 1, CHANGES.size())));
    }
    assertThat(steps).isGreaterThan(20);
  }

  private static int run(StateFiles files) {
    int acknowledged = 0;
    try {
      for (Change change : CHANGES) {
        change.apply(files);
        acknowledged++;
      }
    } catch (IOException crash) {
      assertThat(crash).hasMessage("crashed");
    }
    return acknowledged;
  }

  @Test
  void put_posix_onlyTheOwnerReads() throws IOException {
    assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
    new StateFiles(directory.resolve("state")).put("a", new byte[] {1});
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("state/a.json"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("state"))))
        .isEqualTo("rwx------");
  }

  @Test
  void open_unfinishedFile_removed() throws IOException {
    Files.writeString(directory.resolve("a.part"), "{");
    Files.writeString(directory.resolve("notes.txt"), "not ours");
    assertThat(new StateFiles(directory).load()).isEmpty();
    assertThat(directory.resolve("a.part")).doesNotExist();
    assertThat(directory.resolve("notes.txt")).exists();
  }
}
