package io.lva.examples;

import io.lva.event.GraphEvent;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.runtime.MediaRuntime;
import io.lva.runtime.MicrometerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Listens to the events of a recording and prints its metrics in the text format of Prometheus. */
public final class WatchRecording {
  private WatchRecording() {}

  /**
   * Records for a while.
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
    var graph = GraphTopology.builder("ContinuousRecording");
    graph.source("camera", RtspSource.at(url)).video().to("archive", AssetSink.named("front-door"));
    // begin example
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (var runtime =
        MediaRuntime.builder()
            .assetStore(folder.toUri())
            .metrics(new MicrometerMetrics(registry))
            .onEvent(
                record -> {
                  if (record.event() instanceof GraphEvent.NetworkError problem) {
                    System.out.println(record.instance() + " is gone: " + problem.reason());
                  } else if (record.event() instanceof GraphEvent.MediaSessionEstablished) {
                    System.out.println(record.instance() + " is connected");
                  }
                })
            .start()) {
      runtime.instance("front-door", graph.build(), values -> {}).activate();
      TimeUnit.SECONDS.sleep(seconds);
      System.out.println(registry.scrape());
    }
    // end example
  }
}
