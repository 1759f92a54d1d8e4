package io.lva.processor.gate;

import io.lva.graph.IotHubMessageSource;
import io.lva.graph.NodeSpec;
import io.lva.graph.SignalGate;
import io.lva.spi.NodeContext;
import io.lva.spi.NodeProvider;
import io.lva.spi.NodeRuntime;
import java.time.Duration;
import java.util.List;

/**
 * Creates signal gates.
 *
 * <p>Thread-safe.
 */
public final class GateProvider implements NodeProvider {
  private static final Duration DEFAULT_MINIMUM = Duration.ofSeconds(30);

  /** Creates the provider, for use by {@link java.util.ServiceLoader}. */
  public GateProvider() {}

  @Override
  public String type() {
    return "#Microsoft.Media.MediaGraphSignalGateProcessor";
  }

  @Override
  public NodeRuntime create(NodeSpec spec, NodeContext context) {
    if (!(spec instanceof SignalGate gate)) {
      throw new IllegalArgumentException("not a signal gate: " + spec.type());
    }
    Duration minimum = gate.minimumActivationTime().map(context::resolve).orElse(DEFAULT_MINIMUM);
    GateTimes times =
        GateTimes.of(
            context.resolve(gate.activationEvaluationWindow()),
            context.resolve(gate.activationSignalOffset()),
            minimum,
            gate.maximumActivationTime().map(context::resolve).orElse(minimum));
    return new GateNode(times, mediaInput(context.inputs()), context);
  }

  /**
   * Returns the index of the input that is a source of media. Inputs from processors give events
   * and the pictures that those processors looked at.
   */
  private static int mediaInput(List<NodeContext.Input> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      NodeSpec spec = inputs.get(i).spec();
      if (spec instanceof NodeSpec.Source && !(spec instanceof IotHubMessageSource)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no input is a source of media");
  }
}
