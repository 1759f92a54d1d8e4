package io.lva.examples.cli;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.MotionDetection;
import io.lva.graph.RtspSource;
import io.lva.graph.SignalGate;
import java.time.Duration;

/** What makes a recording begin. */
enum RecordingTrigger {
  /** Nothing: it begins with the camera. */
  ALWAYS {
    @Override
    GraphTopology topology(RtspSource camera, String asset) {
      var graph = GraphTopology.builder("ContinuousRecording");
      graph.source("rtspSource", camera).to("assetSink", AssetSink.named(asset));
      return graph.build();
    }
  },

  /** Something moves in the picture: from five seconds before to ten seconds after. */
  MOTION {
    @Override
    GraphTopology topology(RtspSource camera, String asset) {
      var graph = GraphTopology.builder("EventBasedRecording");
      var source = graph.source("rtspSource", camera);
      var motion = source.video().via("motionDetection", MotionDetection.create());
      var gate =
          graph.process(
              "signalGate",
              SignalGate.open(AFTER, LONGEST).signalOffset(BEFORE.negated()),
              new SignalGate.Ports(motion.events(), source));
      gate.to("assetSink", AssetSink.named(asset));
      return graph.build();
    }
  };

  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final Duration AFTER = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Builds the graph of one camera. */
  abstract GraphTopology topology(RtspSource camera, String asset);
}
