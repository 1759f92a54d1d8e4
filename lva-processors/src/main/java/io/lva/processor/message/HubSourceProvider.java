package io.lva.processor.message;

import io.lva.graph.IotHubMessageSource;
import io.lva.graph.NodeSpec;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;

/**
 * Creates IoT Hub message sources.
 *
 * <p>Thread-safe.
 */
public final class HubSourceProvider implements NodeProvider {
  /** Creates the provider, for use by {@link java.util.ServiceLoader}. */
  public HubSourceProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphIoTHubMessageSource";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof IotHubMessageSource source)) {
      throw new IllegalArgumentException("not an IoT Hub message source: " + spec.type());
    }
    return new HubSourceNode(source.hubInputName().map(context::resolve).orElse(""), context);
  }
}
