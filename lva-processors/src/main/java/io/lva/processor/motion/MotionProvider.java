package io.lva.processor.motion;

import io.lva.graph.MotionDetection;
import io.lva.graph.NodeSpec;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;

/**
 * Creates motion detectors.
 *
 * <p>Thread-safe.
 */
public final class MotionProvider implements NodeProvider {
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  /** Creates the provider, for use by {@link java.util.ServiceLoader}. */
  public MotionProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphMotionDetectionProcessor";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof MotionDetection motion)) {
      throw new IllegalArgumentException("not a motion detector: " + spec.type());
    }
    Duration window = context.resolve(motion.eventAggregationWindow());
    if (window.isNegative() || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "eventAggregationWindow is " + window + "; it must be between PT0S and PT1H");
    }
    return new MotionNode(
        Tuning.of(context.resolve(motion.sensitivity())),
        context.resolve(motion.outputMotionRegion()),
        window,
        context);
  }
}
