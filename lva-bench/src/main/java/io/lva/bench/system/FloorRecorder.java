package io.lva.bench.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * {@code recv} and {@code write} alone, in C: the floor above which everything is the cost of
 * recording.
 *
 * <p>Immutable.
 */
final class FloorRecorder implements Recorder {
  @Override
  public String name() {
    return "floor";
  }

  @Override
  public boolean isInstalled() {
    return PeerSession.runs(List.of("cc", "--version"));
  }

  @Override
  public Session start(Load load) throws IOException {
    Path program = compiled(load.folder());
    for (int camera = 1; camera <= load.cameras().size(); camera++) {
      Files.createDirectories(load.folder(camera));
    }
    String port = Integer.toString(load.cameras().get(0).getPort());
    String count = Integer.toString(load.cameras().size());
    return new PeerSession(
        List.of(
            ChildProcess.start(
                List.of(
                    "env",
                    "--default-signal=INT",
                    program.toString(),
                    port,
                    count,
                    load.folder().toString()))));
  }

  private static Path compiled(Path folder) throws IOException {
    Path source = folder.resolve("floor.c");
    Path program = folder.resolve("floor");
    try (InputStream text = FloorRecorder.class.getResourceAsStream("floor.c")) {
      if (text == null) {
        throw new IOException("floor.c is not on the class path");
      }
      Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
    }
    try (ChildProcess compiler =
        ChildProcess.start(List.of("cc", "-O2", "-o", program.toString(), source.toString()))) {
      compiler.await();
    }
    return program;
  }
}
