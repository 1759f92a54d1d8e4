package com.example.codec;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.runtime.MediaRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Records a camera whose codec only {@link Mpeg4Visual} knows. */
public final class CodecMain {
  private CodecMain() {}

  /** Records from the URL into the store for some seconds. */
  public static void main(String[] arguments) throws InterruptedException {
    var graph = GraphTopology.builder("Codec");
    graph
        .source("camera", RtspSource.at(arguments[0]))
        .video()
        .to("archive", AssetSink.named("pictures"));
    try (var runtime =
        MediaRuntime.builder()
            .assetStore(URI.create(arguments[1]))
            .onEvent(event -> System.out.println(event.subject() + " " + event.event()))
            .start()) {
      var recording = runtime.instance("codec", graph.build(), values -> {});
      recording.activate();
      TimeUnit.SECONDS.sleep(Integer.parseInt(arguments[2]));
      recording.deactivate(Duration.ofSeconds(10));
    }
  }
}
