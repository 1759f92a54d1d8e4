package io.lva.graph;

import java.util.Optional;

/**
 * Which pictures go to an inference service.
 *
 * <p>Immutable.
 */
public final class SamplingOptions extends PropertyObject {
  static final Property.Scalar<Boolean> SKIP_WITHOUT_ANNOTATION =
      Property.optional("skipSamplesWithoutAnnotation", ValueTypes.BOOLEAN);
  static final Property.Scalar<Double> MAXIMUM_PER_SECOND =
      Property.optional("maximumSamplesPerSecond", ValueTypes.DECIMAL)
          .limited(rate -> rate >= 0, "not be negative");
  static final ObjectType<SamplingOptions> TYPE =
      ObjectType.unnamed(SamplingOptions::new, SKIP_WITHOUT_ANNOTATION, MAXIMUM_PER_SECOND);

  /** Every picture. */
  public static final SamplingOptions ALL = new SamplingOptions(Settings.empty());

  private SamplingOptions(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Returns a copy that skips or keeps pictures in which nothing was found.
   *
   * @param skip true to take only pictures in which a node upstream found something
   * @return the copy
   */
  public SamplingOptions skipSamplesWithoutAnnotation(boolean skip) {
    return new SamplingOptions(settings().with(SKIP_WITHOUT_ANNOTATION, Value.of(skip)));
  }

  /**
   * Returns a copy with a limit on the pictures per second.
   *
   * @param samplesPerSecond the limit, not negative; 0 for no limit
   * @return the copy
   */
  public SamplingOptions maximumSamplesPerSecond(double samplesPerSecond) {
    return new SamplingOptions(settings().with(MAXIMUM_PER_SECOND, Value.of(samplesPerSecond)));
  }

  /**
   * Returns whether pictures in which nothing was found are left out.
   *
   * @return false when not set
   */
  public Value<Boolean> skipSamplesWithoutAnnotation() {
    return valueOr(SKIP_WITHOUT_ANNOTATION, false);
  }

  /**
   * Returns how many pictures per second are sent at most.
   *
   * @return the limit; 0 or empty for no limit
   */
  public Optional<Value<Double>> maximumSamplesPerSecond() {
    return find(MAXIMUM_PER_SECOND);
  }
}
