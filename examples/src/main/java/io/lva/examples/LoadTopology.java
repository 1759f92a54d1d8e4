package io.lva.examples;

import io.lva.graph.json.TopologyJson;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs a topology in the JSON of Live Video Analytics for a while. */
public final class LoadTopology {
  private LoadTopology() {}

  /**
   * Runs the topology.
   *
   * @param arguments file of the topology, URL of the camera, folder of the recordings, how many
   *     seconds to run
   * @throws IOException when the file cannot be read
   * @throws io.lva.graph.TopologyException when the topology is wrong, or does not declare {@code
   *     rtspUrl}
   * @throws io.lva.runtime.ActivationException when the instance cannot start
   * @throws InterruptedException when the thread is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]);
    String url = arguments[1];
    Path folder = Path.of(arguments[2]);
    long seconds = Long.parseLong(arguments[3]);
    // begin example
    var topology = TopologyJson.read(Files.readString(file));
    try (var runtime = MediaRuntime.builder().assetStore(folder.toUri()).start()) {
      var instance = runtime.instance("front-door", topology, values -> values.set("rtspUrl", url));
      instance.activate();
      TimeUnit.SECONDS.sleep(seconds);
      instance.deactivate(Duration.ofSeconds(10));
    }
    // end example
  }
}
