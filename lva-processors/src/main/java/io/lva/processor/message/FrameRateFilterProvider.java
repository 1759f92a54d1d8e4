package io.lva.processor.message;

import io.lva.graph.FrameRateFilter;
import io.lva.graph.NodeSpec;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;

/**
 * Creates frame-rate filters.
 *
 * <p>Thread-safe.
 */
public final class FrameRateFilterProvider implements NodeProvider {
  private static final double LOWEST = 0.0001;
  private static final double HIGHEST = 1000;

  /** Creates the provider, for use by {@link java.util.ServiceLoader}. */
  public FrameRateFilterProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphFrameRateFilterProcessor";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof FrameRateFilter filter)) {
      throw new IllegalArgumentException("not a frame-rate filter: " + spec.type());
    }
    double rate = filter.maximumFps().map(context::resolve).orElse(0.0);
    if (filter.maximumFps().isPresent() && !(rate >= LOWEST && rate <= HIGHEST)) {
      throw new IllegalArgumentException(
          "maximumFps is " + rate + "; it must be between " + LOWEST + " and " + HIGHEST);
    }
    return new FrameRateFilterNode(rate, context);
  }
}
