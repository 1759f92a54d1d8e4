package io.lva.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * GStreamer, all cameras in one process, copying into fragmented MP4.
 *
 * <p>Immutable.
 */
final class GstreamerRecorder implements Recorder {
  @Override
  public String name() {
    return "gstreamer";
  }

  @Override
  public boolean isInstalled() {
    return PeerSession.runs(List.of("gst-launch-1.0", "--version"))
        && PeerSession.runs(List.of("gst-inspect-1.0", "rtspsrc"))
        && PeerSession.runs(List.of("gst-inspect-1.0", "mp4mux"));
  }

  @Override
  public Session start(Load load) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "--default-signal=INT"));
    command.addAll(List.of("gst-launch-1.0", "-q", "-e"));
    for (int camera = 1; camera <= load.cameras().size(); camera++) {
      Path folder = Files.createDirectories(load.folder(camera));
      command.addAll(List.of("rtspsrc", "location=" + load.cameras().get(camera - 1)));
      command.addAll(List.of("protocols=tcp", "latency=200", "!", "rtph264depay", "!"));
      command.addAll(List.of("h264parse", "!", "mp4mux", "fragment-duration=2000", "!"));
      command.addAll(List.of("filesink", "location=" + folder.resolve("recording.mp4")));
    }
    return new PeerSession(List.of(ChildProcess.start(command)));
  }
}
