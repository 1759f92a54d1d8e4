package io.lva.graph;

import java.time.Duration;

/**
 * Finds movement in video. Only key pictures with movement pass; events say where something moved.
 *
 * <p>Immutable.
 */
public final class MotionDetection extends PropertyObject
    implements NodeSpec.Processor<MediaOutput, MotionDetection.Outputs> {
  static final Property.Scalar<MotionSensitivity> SENSITIVITY =
      Property.optional("sensitivity", ValueTypes.of(MotionSensitivity.class));
  static final Property.Scalar<Boolean> OUTPUT_MOTION_REGION =
      Property.optional("outputMotionRegion", ValueTypes.BOOLEAN).asJsonBoolean();
  static final Property.Scalar<Duration> EVENT_AGGREGATION_WINDOW =
      Property.optional("eventAggregationWindow", ValueTypes.DURATION)
          .since2()
          .limited(window -> !window.isNegative(), "not be negative");
  static final ObjectType<MotionDetection> TYPE =
      ObjectType.named(
              "MotionDetectionProcessor",
              MotionDetection::new,
              SENSITIVITY,
              OUTPUT_MOTION_REGION,
              EVENT_AGGREGATION_WINDOW)
          .formerly("MotionDetector")
          .node(
              NodeTraits.processor()
                  .taking(StreamKind.VIDEO)
                  .giving(StreamKind.VIDEO, StreamKind.EVENTS)
                  .following("an RTSP source", "#Microsoft.Media.MediaGraphRtspSource")
                  .atMostOne("one motion detector", Versions.ONLY_1_0));

  private MotionDetection(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * What a motion detector offers to connect to.
   *
   * @param media the key pictures with movement
   * @param events where something moved
   */
  public record Outputs(MediaOutput media, EventOutput events) {}

  /**
   * Creates a detector of medium sensitivity.
   *
   * @return the detector
   */
  public static MotionDetection create() {
    return new MotionDetection(Settings.empty());
  }

  /**
   * Creates a detector.
   *
   * @param sensitivity how small a movement it still reports
   * @return the detector
   */
  public static MotionDetection sensitivity(MotionSensitivity sensitivity) {
    return sensitivity(Value.of(sensitivity));
  }

  /**
   * Creates a detector.
   *
   * @param sensitivity the parameter whose value is low, medium or high
   * @return the detector
   */
  public static MotionDetection sensitivity(Parameter<String> sensitivity) {
    return sensitivity(sensitivity.as(SENSITIVITY.type()));
  }

  /**
   * Creates a detector.
   *
   * @param sensitivity how small a movement it still reports
   * @return the detector
   */
  public static MotionDetection sensitivity(Value<MotionSensitivity> sensitivity) {
    return new MotionDetection(Settings.empty().with(SENSITIVITY, sensitivity));
  }

  /**
   * Returns a copy whose events say, or do not say, where something moved.
   *
   * @param output true to say where, false to say only that something moved
   * @return the copy
   */
  public MotionDetection outputMotionRegion(boolean output) {
    return new MotionDetection(settings().with(OUTPUT_MOTION_REGION, Value.of(output)));
  }

  /**
   * Returns a copy with another aggregation window.
   *
   * @param window the time after an event during which further movement is not reported, up to one
   *     hour; zero to report each picture with movement
   * @return the copy
   */
  public MotionDetection eventAggregationWindow(Duration window) {
    return new MotionDetection(settings().with(EVENT_AGGREGATION_WINDOW, Value.of(window)));
  }

  /**
   * Returns how small a movement is still reported.
   *
   * @return the sensitivity; medium when not set
   */
  public Value<MotionSensitivity> sensitivity() {
    return valueOr(SENSITIVITY, MotionSensitivity.MEDIUM);
  }

  /**
   * Returns whether events say where something moved.
   *
   * @return true when not set
   */
  public Value<Boolean> outputMotionRegion() {
    return valueOr(OUTPUT_MOTION_REGION, true);
  }

  /**
   * Returns the time after an event during which further movement is not reported.
   *
   * @return the window; zero when not set
   */
  public Value<Duration> eventAggregationWindow() {
    return valueOr(EVENT_AGGREGATION_WINDOW, Duration.ZERO);
  }

  @Override
  public String type() {
    return TYPE.name();
  }

  @Override
  public Outputs outputs(Origin self) {
    return new Outputs(new MediaOutput(self), new EventOutput(self));
  }
}
