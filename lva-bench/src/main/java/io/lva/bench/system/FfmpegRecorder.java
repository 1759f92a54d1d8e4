package io.lva.bench.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * ffmpeg, one process per camera, copying into fragmented MP4.
 *
 * <p>Immutable.
 */
final class FfmpegRecorder implements Recorder {
  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public boolean isInstalled() {
    return PeerSession.runs(List.of("ffmpeg", "-version"));
  }

  @Override
  public Session start(Load load) throws IOException {
    List<ChildProcess> children = new ArrayList<>();
    for (int camera = 1; camera <= load.cameras().size(); camera++) {
      Path folder = Files.createDirectories(load.folder(camera));
      children.add(ChildProcess.start(command(load.cameras().get(camera - 1), folder)));
    }
    return new PeerSession(children);
  }

  private static List<String> command(URI camera, Path folder) {
    List<String> command = new ArrayList<>();
    // An interrupt completes the file, also where a shell has made its children ignore it.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.addAll(List.of("ffmpeg", "-nostdin", "-v", "error"));
    command.addAll(List.of("-rtsp_transport", "tcp", "-i", camera.toString(), "-c", "copy"));
    command.addAll(List.of("-movflags", "+frag_keyframe+empty_moov+default_base_moof"));
    command.add(folder.resolve("recording.mp4").toString());
    return command;
  }
}
