package com.example.stranger;

import io.lva.asset.AssetReader;
import io.lva.asset.AssetSummary;
import io.lva.asset.Assets;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import io.lva.event.GraphEvent;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.graph.Value;
import io.lva.graph.ValueTypes;
import io.lva.graph.json.TopologyJson;
import io.lva.runtime.MediaRuntime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Records a camera through a processor and beside a sink that nobody knows. */
public final class StrangerMain {
  private StrangerMain() {}

  /** Builds the graph. */
  public static GraphTopology topology(String url) {
    var graph = GraphTopology.builder("Stranger");
    var counter =
        PulseCounter.every(10)
            .label(Value.template("${System.GraphInstanceName}", ValueTypes.TEXT));
    var counted = graph.source("camera", RtspSource.at(url)).video().via("counter", counter);
    counted.media().to("archive", AssetSink.named("counted"));
    counted.media().to("brittle", BrittleSink.create());
    return graph.build();
  }

  /** Records from the URL into the store until the brittle sink has failed and a while longer. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    GraphTopology built = topology(arguments[0]);
    GraphTopology read = TopologyJson.readWritten(TopologyJson.write(built));
    if (!read.equals(built)) {
      throw new IllegalStateException("read back: " + read);
    }
    CountDownLatch failed = new CountDownLatch(1);
    try (var runtime =
        MediaRuntime.builder()
            .assetStore(URI.create(arguments[1]))
            .onEvent(
                event -> {
                  System.out.println(event.subject() + " " + event.event());
                  if (event.event() instanceof GraphEvent.RuntimeError) {
                    failed.countDown();
                  }
                })
            .start()) {
      var recording = runtime.instance("stranger", read, values -> {});
      recording.activate();
      if (!failed.await(90, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the sink did not fail");
      }
      TimeUnit.SECONDS.sleep(4);
      recording.deactivate(Duration.ofSeconds(10));
    }
    verify(URI.create(arguments[1]));
  }

  private static void verify(URI uri) throws IOException {
    try (AssetStore store = AssetStore.open(uri);
        AssetReader reader = AssetReader.open(store, "counted")) {
      AssetReport report = AssetVerifier.verify(store, "counted", hour -> {});
      AssetSummary summary = Assets.describe(store, "counted");
      boolean readable = reader.span().equals(summary.span());
      System.out.println(
          "verified " + report.problems().size() + " problems, " + summary.name() + " " + readable);
    }
  }
}
