package io.lva.graph;

import java.util.Optional;

/**
 * Limits the number of pictures per second; only in version 1.0.
 *
 * <p>Immutable.
 */
public final class FrameRateFilter extends PropertyObject
    implements NodeSpec.Processor<MediaOutput, MediaOutput> {
  static final Property.Scalar<Double> MAXIMUM_FPS =
      Property.optional("maximumFps", ValueTypes.DECIMAL)
          .limited(fps -> fps >= 0.0001, "be at least 0.0001");
  static final ObjectType<FrameRateFilter> TYPE =
      ObjectType.named("FrameRateFilterProcessor", FrameRateFilter::new, MAXIMUM_FPS)
          .only1()
          .node(
              NodeTraits.processor()
                  .taking(StreamKind.VIDEO)
                  .giving(StreamKind.VIDEO)
                  .following(
                      "an RTSP source or a motion detector",
                      "#Microsoft.Media.MediaGraphRtspSource",
                      "#Microsoft.Media.MediaGraphMotionDetectionProcessor")
                  .placed(FrameRateFilter::besideMotionDetector));

  private FrameRateFilter(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates a filter.
   *
   * @param framesPerSecond at least 0.0001
   * @return the filter
   */
  public static FrameRateFilter maximumFps(double framesPerSecond) {
    return maximumFps(Value.of(framesPerSecond));
  }

  /**
   * Creates a filter.
   *
   * @param framesPerSecond at least 0.0001
   * @return the filter
   */
  public static FrameRateFilter maximumFps(Value<Double> framesPerSecond) {
    return new FrameRateFilter(Settings.empty().with(MAXIMUM_FPS, framesPerSecond));
  }

  /**
   * Returns how many pictures pass.
   *
   * @return the number per second, or empty for all
   */
  public Optional<Value<Double>> maximumFps() {
    return find(MAXIMUM_FPS);
  }

  @Override
  public String type() {
    return TYPE.name();
  }

  @Override
  public MediaOutput outputs(Origin self) {
    return new MediaOutput(self);
  }

  private static void besideMotionDetector(
      PlacedNode filter, ApiVersion version, GraphShape shape, Findings findings) {
    boolean detector = !shape.of(MotionDetection.TYPE).isEmpty();
    boolean follows =
        shape.upstream(filter).stream().anyMatch(from -> from.is(MotionDetection.TYPE));
    if (detector && !follows) {
      findings.add(
          ProblemCode.GRAPH_VALIDATION,
          filter.path(".inputs"),
          filter + " must follow the motion detector when the graph has both.");
    }
  }
}
