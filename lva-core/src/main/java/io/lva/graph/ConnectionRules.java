package io.lva.graph;

import java.util.List;

/** Which nodes may stand where, and how often: the contract's table of connections. */
final class ConnectionRules {
  private static final ObjectType<?>[] EXTENSIONS = {
    HttpExtension.TYPE, GrpcExtension.TYPE, CognitiveServicesVisionExtension.TYPE
  };

  private final boolean version1;
  private final GraphShape shape;
  private final Findings findings;

  private ConnectionRules(ApiVersion version, GraphShape shape, Findings findings) {
    this.version1 = version == ApiVersion.V1_0;
    this.shape = shape;
    this.findings = findings;
  }

  static void check(ApiVersion version, GraphShape shape, Findings findings) {
    ConnectionRules rules = new ConnectionRules(version, shape, findings);
    rules.sourcesAndSinks();
    if (rules.version1) {
      rules.countsOfVersion1();
      rules.assetAndFileSink();
    }
    shape.nodes().forEach(rules::place);
  }

  private void sourcesAndSinks() {
    List<PlacedNode> cameras = shape.of(RtspSource.TYPE);
    boolean other =
        shape.nodes().stream().anyMatch(n -> n.kind() == NodeTypes.Kind.SOURCE && n.opaque());
    if (cameras.isEmpty() && !other) {
      report("$.properties.sources", "The graph needs one RTSP source.");
    }
    tooMany(cameras, "one RTSP source");
    if (shape.nodes().stream().noneMatch(node -> node.kind() == NodeTypes.Kind.SINK)) {
      report("$.properties.sinks", "The graph needs a sink.");
    }
  }

  private void countsOfVersion1() {
    tooMany(shape.of(MotionDetection.TYPE), "one motion detector");
    tooMany(shape.of(EXTENSIONS), "one extension");
    tooMany(shape.of(AssetSink.TYPE), "one asset sink");
    tooMany(shape.of(FileSink.TYPE), "one file sink");
  }

  private void tooMany(List<PlacedNode> found, String allowed) {
    for (PlacedNode node : found.subList(Math.min(1, found.size()), found.size())) {
      report(node.path(), node + " is one too many: the graph may have " + allowed + ".");
    }
  }

  private void assetAndFileSink() {
    if (shape.of(FileSink.TYPE).isEmpty()) {
      return;
    }
    for (PlacedNode sink : shape.of(AssetSink.TYPE)) {
      if (shape.upstream(sink).stream().anyMatch(from -> from.is(RtspSource.TYPE))) {
        report(
            sink.path(".inputs"),
            sink + " must be behind a signal gate when the graph has a file sink too.");
      }
    }
  }

  private void place(PlacedNode node) {
    if (node.is(MotionDetection.TYPE)) {
      directlyBehind(node, "an RTSP source", RtspSource.TYPE);
    } else if (node.is(FrameRateFilter.TYPE)) {
      frameRateFilter(node);
    } else if (node.is(SignalGate.TYPE)) {
      gate(node);
    } else if (node.is(AssetSink.TYPE)) {
      directlyBehind(node, "an RTSP source or a signal gate", RtspSource.TYPE, SignalGate.TYPE);
    } else if (node.is(FileSink.TYPE)) {
      directlyBehind(node, "a signal gate", SignalGate.TYPE);
    } else if (node.is(IotHubMessageSink.TYPE)) {
      notDirectlyBehind(node, "an IoT Hub message source", IotHubMessageSource.TYPE);
    }
  }

  private void frameRateFilter(PlacedNode node) {
    directlyBehind(
        node, "an RTSP source or a motion detector", RtspSource.TYPE, MotionDetection.TYPE);
    boolean detector = !shape.of(MotionDetection.TYPE).isEmpty();
    boolean behind = shape.upstream(node).stream().anyMatch(from -> from.is(MotionDetection.TYPE));
    if (detector && !behind) {
      report(
          node.path(".inputs"),
          node + " must be behind the motion detector when the graph has both.");
    }
  }

  private void gate(PlacedNode node) {
    List<PlacedNode> upstream = shape.upstream(node);
    notDirectlyBehind(node, "a signal gate", SignalGate.TYPE);
    if (upstream.size() < node.inputs().size() || upstream.isEmpty()) {
      return; // an input is missing or no node: reported
    }
    if (upstream.stream().noneMatch(from -> from.is(RtspSource.TYPE) || from.opaque())) {
      report(node.path(".inputs"), node + " must have an RTSP source as a direct input.");
    }
    if (upstream.size() != 2 || upstream.stream().noneMatch(ConnectionRules::givesEvents)) {
      report(
          node.path(".inputs"),
          node
              + " must have two inputs: one that opens it, which is a motion detector, an"
              + " extension or an IoT Hub message source, and an RTSP source.");
    }
  }

  private static boolean givesEvents(PlacedNode node) {
    return node.is(MotionDetection.TYPE, IotHubMessageSource.TYPE)
        || node.is(EXTENSIONS)
        || node.opaque();
  }

  private void directlyBehind(PlacedNode node, String allowed, ObjectType<?>... types) {
    shape.forInputs(
        node,
        (from, path) -> {
          if (!from.is(types) && !from.opaque() && from.kind() != NodeTypes.Kind.SINK) {
            report(
                path, node + " must be directly behind " + allowed + ", not behind " + from + ".");
          }
        });
  }

  private void notDirectlyBehind(PlacedNode node, String forbidden, ObjectType<?> type) {
    shape.forInputs(
        node,
        (from, path) -> {
          if (from.is(type)) {
            report(path, node + " must not be directly behind " + forbidden + ".");
          }
        });
  }

  private void report(String path, String message) {
    findings.add(ProblemCode.GRAPH_VALIDATION, path, message);
  }
}
