package io.lva.runtime;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.InstanceDefinition;
import io.lva.graph.Parameter;
import io.lva.graph.RtspSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The topology of continuous recording, and instances of it. */
final class Graphs {
  static final Parameter<String> URL = Parameter.string("rtspUrl");

  private Graphs() {}

  static GraphTopology continuous(String name) {
    return continuous(name, URL);
  }

  /** The first parameter is the URL. */
  static GraphTopology continuous(String name, Parameter<?>... parameters) {
    var graph = GraphTopology.builder(name);
    for (Parameter<?> parameter : parameters) {
      graph.parameter(parameter);
    }
    String url = parameters[0].placeholder();
    graph
        .source("rtspSource", RtspSource.at(url))
        .video()
        .to("assetSink", AssetSink.named("a-${System.GraphInstanceName}"));
    return graph.build();
  }

  static InstanceDefinition instance(String name, String topology) {
    var values = Map.of(URL.name(), "rtsp://10.0.0.5/main");
    return new InstanceDefinition(name, topology, Optional.empty(), values);
  }

  /** Waits as a disk that does not answer. */
  static void await(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
