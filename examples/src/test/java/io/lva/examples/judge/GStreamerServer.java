package io.lva.examples.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.testkit.Judges;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** GStreamer's RTSP server on a free loopback port, compiled from {@code judges/}. */
public final class GStreamerServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private GStreamerServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the server; arguments are those of the program behind its port. */
  public static GStreamerServer start(Path workFolder, String... arguments) throws IOException {
    Judges.require("gcc", "pkg-config");
    Path program = workFolder.resolve("gst-rtsp-server");
    if (Files.notExists(program)) {
      Path source = Judges.projectRoot().resolve("judges/gst-rtsp-server.c");
      Judges.accept(
          "sh",
          "-c",
          "gcc -w '%s' -o '%s' $(pkg-config --cflags --libs gstreamer-rtsp-server-1.0 gio-2.0)"
              .formatted(source, program));
    }
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(program.toString(), Integer.toString(port)));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    assertThat(reader.readLine()).isEqualTo("ready");
    return new GStreamerServer(process, port);
  }

  /** The launch line that sends an MP4 file in real time, from its begin for each client. */
  public static String file(String mount, Path clip) {
    return mount
        + "=( filesrc location="
        + clip
        + " ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )";
  }

  public String url(String mount) {
    return "rtsp://127.0.0.1:" + port + mount;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
