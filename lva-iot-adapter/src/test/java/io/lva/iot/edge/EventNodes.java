package io.lva.iot.edge;

import static java.util.Objects.requireNonNull;

import io.lva.event.GraphEvent;
import io.lva.graph.NodeSpec;
import io.lva.iot.Nobody;
import io.lva.media.MediaEvent;
import io.lva.spi.Inlet;
import io.lva.spi.MessageInputs;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A camera that sends nothing, and a sink that publishes the events of a test. */
final class EventNodes {
  static final String TOPOLOGY =
      """
      {"name": "t", "@apiVersion": "2.0", "properties": {
        "sources": [{"@type": "#Microsoft.Media.MediaGraphRtspSource", "name": "source",
          "endpoint": {"@type": "#Microsoft.Media.MediaGraphUnsecuredEndpoint",
            "url": "rtsp://10.0.0.5/main"}}],
        "sinks": [{"@type": "#Microsoft.Media.MediaGraphAssetSink", "name": "sink",
          "inputs": [{"nodeName": "source"}], "assetNamePattern": "a-${System.DateTime}",
          "segmentLength": "PT30S", "localMediaCacheMaximumSizeMiB": "20",
          "localMediaCachePath": "/tmp"}]}}\
      """;
  static final String NAMED = "{\"@apiVersion\": \"2.0\", \"name\": \"camera\"}";
  static final String INSTANCE =
      "{\"@apiVersion\": \"2.0\", \"name\": \"camera\", \"properties\": {\"topologyName\": \"t\"}}";

  private volatile @Nullable NodeContext sink;

  NodeProvider source() {
    return provider("#Microsoft.Media.MediaGraphRtspSource", List.of());
  }

  NodeProvider sink() {
    return provider("#Microsoft.Media.MediaGraphAssetSink", List.of(Inlet.media(new Nobody())));
  }

  /** Publishes an event of the active instance. */
  void publish(GraphEvent event) {
    requireNonNull(sink, "not active").publish(event);
  }

  /** Reads an input of the module. */
  void listen(String input, Consumer<MediaEvent.Message> listener) {
    requireNonNull(sink, "not active")
        .shared()
        .get(MessageInputs.class, MessageInputs::new)
        .subscribe(input, listener);
  }

  private NodeProvider provider(String type, List<Inlet> inputs) {
    return new NodeProvider() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public NodeRuntime create(NodeSpec spec, NodeContext context) {
        if (!inputs.isEmpty()) {
          sink = context;
        }
        return new Node(inputs);
      }
    };
  }

  private record Node(List<Inlet> inputs) implements NodeRuntime {
    @Override
    public void start() {}

    @Override
    public CompletionStage<Void> stop(Duration deadline) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
