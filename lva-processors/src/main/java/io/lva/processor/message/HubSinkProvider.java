package io.lva.processor.message;

import io.lva.graph.IotHubMessageSink;
import io.lva.graph.NodeSpec;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;

/**
 * Creates IoT Hub message sinks.
 *
 * <p>Thread-safe.
 */
public final class HubSinkProvider implements NodeProvider {
  private static final int MAXIMUM_LENGTH = 50;

  /** Creates the provider, for use by {@link java.util.ServiceLoader}. */
  public HubSinkProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphIoTHubMessageSink";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof IotHubMessageSink sink)) {
      throw new IllegalArgumentException("not an IoT Hub message sink: " + spec.type());
    }
    String output = sink.hubOutputName().map(context::resolve).orElse("");
    if (output.length() > MAXIMUM_LENGTH) {
      throw new IllegalArgumentException(
          "hubOutputName has "
              + output.length()
              + " characters; at most "
              + MAXIMUM_LENGTH
              + " are allowed");
    }
    return new HubSinkNode(output, context);
  }
}
