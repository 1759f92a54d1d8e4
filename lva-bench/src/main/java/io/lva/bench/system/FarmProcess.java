package io.lva.bench.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cameras, in a process of their own.
 *
 * <p>Not thread-safe.
 */
final class FarmProcess implements AutoCloseable {
  private final ChildProcess process;
  private final int port;

  private FarmProcess(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the farm. */
  static FarmProcess start(Path clip, boolean fullSpeed) throws IOException {
    List<String> arguments = fullSpeed ? List.of(clip.toString(), "max") : List.of(clip.toString());
    ChildProcess process =
        ChildProcess.java(List.of("-XX:+UseSerialGC", "-Xmx256m"), CameraFarm.class, arguments);
    return new FarmProcess(process, Integer.parseInt(process.readLine()));
  }

  /** Returns the addresses of cameras. */
  List<URI> cameras(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> URI.create("rtsp://127.0.0.1:" + port + "/" + number))
        .toList();
  }

  long pid() {
    return process.pid();
  }

  FarmReport report() throws IOException {
    return FarmReport.parse(process.ask(""));
  }

  /**
   * Lets the cameras play for a time.
   *
   * @throws IOException when they end within it
   */
  void playFor(Duration time) throws IOException, InterruptedException {
    if (process.endsWithin(time)) {
      throw new IOException("the cameras have ended");
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
