package io.lva.examples.cli;

import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.MediaOutput;
import io.lva.graph.MotionDetection;
import io.lva.graph.RtspSource;
import io.lva.graph.SignalGate;
import java.time.Duration;

/** What makes a recording begin. */
enum RecordingTrigger {
  /** Nothing: recording begins as soon as the camera sends media. */
  ALWAYS {
    @Override
    GraphTopology topology(RtspSource camera, String asset, boolean withAudio) {
      var graph = GraphTopology.builder("ContinuousRecording");
      recorded(graph.source("rtspSource", camera), withAudio)
          .to("assetSink", AssetSink.named(asset));
      return graph.build();
    }
  },

  /** Movement in the picture: recorded from five seconds before it to ten seconds after it. */
  MOTION {
    @Override
    GraphTopology topology(RtspSource camera, String asset, boolean withAudio) {
      var graph = GraphTopology.builder("EventBasedRecording");
      var source = graph.source("rtspSource", camera);
      var motion = source.video().via("motionDetection", MotionDetection.create());
      var gate =
          graph.process(
              "signalGate",
              SignalGate.open(AFTER, LONGEST).signalOffset(BEFORE.negated()),
              new SignalGate.Ports(motion.events(), recorded(source, withAudio)));
      gate.to("assetSink", AssetSink.named(asset));
      return graph.build();
    }
  };

  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final Duration AFTER = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Builds the graph of one camera.
   *
   * @param camera the source
   * @param asset name of the asset
   * @param withAudio whether sound is recorded, where the camera has some
   */
  abstract GraphTopology topology(RtspSource camera, String asset, boolean withAudio);

  private static MediaOutput recorded(MediaOutput camera, boolean withAudio) {
    return withAudio ? camera : camera.video();
  }
}
