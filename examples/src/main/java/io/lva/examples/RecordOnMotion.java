package io.lva.examples;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.MotionDetection;
import io.lva.graph.RtspSource;
import io.lva.graph.SignalGate;
import io.lva.runtime.MediaRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Records a camera while something moves: the second example of the README. */
public final class RecordOnMotion {
  private RecordOnMotion() {}

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
    var graph = GraphTopology.builder("EventBasedRecording");
    var camera = graph.source("camera", RtspSource.at(url));
    var motion = camera.video().via("motion", MotionDetection.create());
    var gate = SignalGate.open(Duration.ofSeconds(10), Duration.ofMinutes(5));
    var gated =
        graph.process(
            "gate",
            gate.signalOffset(Duration.ofSeconds(-5)),
            new SignalGate.Ports(motion.events(), camera.video()));
    gated.video().to("archive", AssetSink.named("front-door"));

    try (var runtime = MediaRuntime.builder().assetStore(folder.toUri()).start()) {
      runtime.instance("front-door", graph.build(), values -> {}).activate();
      TimeUnit.SECONDS.sleep(seconds);
    }
    // end example
  }
}
