package io.lva.examples;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.runtime.MediaRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Records a camera to a folder for a while: the example of the README. */
public final class RecordToDirectory {
  private RecordToDirectory() {}

  /**
   * Records the camera.
   *
   * @param arguments URL of the camera, folder of the recordings, how many seconds
   * @throws InterruptedException when the thread is interrupted
   * @throws IllegalArgumentException when the URL is malformed
   * @throws io.lva.runtime.ActivationException when the recording cannot start
   */
  public static void main(String[] arguments) throws InterruptedException {
    String url = arguments[0];
    Path folder = Path.of(arguments[1]);
    long seconds = Long.parseLong(arguments[2]);
    // begin example
    var graph = GraphTopology.builder("ContinuousRecording");
    var camera = graph.source("camera", RtspSource.at(url));
    camera.video().to("archive", AssetSink.named("front-door"));

    try (var runtime =
        MediaRuntime.builder()
            .assetStore(folder.toUri())
            .onEvent(event -> System.out.println(event.subject() + " " + event.event()))
            .start()) {
      var recording = runtime.instance("front-door", graph.build(), values -> {});
      recording.activate();
      TimeUnit.SECONDS.sleep(seconds);
      recording.deactivate(Duration.ofSeconds(10));
    }
    // end example
  }
}
