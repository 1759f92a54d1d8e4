package com.example.stranger;

import io.lva.graph.EventOutput;
import io.lva.graph.MediaOutput;
import io.lva.graph.NodeSpec;
import io.lva.graph.NodeTraits;
import io.lva.graph.ObjectType;
import io.lva.graph.Origin;
import io.lva.graph.ProblemCode;
import io.lva.graph.Property;
import io.lva.graph.PropertyObject;
import io.lva.graph.Settings;
import io.lva.graph.StreamKind;
import io.lva.graph.Value;
import io.lva.graph.ValueTypes;

/** Lets media pass and gives an event after every so many samples. */
public final class PulseCounter extends PropertyObject
    implements NodeSpec.Processor<MediaOutput, PulseCounter.Outputs> {
  private static final Property.Scalar<Long> EVERY =
      Property.required("every", ValueTypes.WHOLE).limited(count -> count >= 1, "be at least 1");
  private static final Property.Scalar<String> LABEL =
      Property.optional("label", ValueTypes.TEXT).matching(text -> !text.isBlank(), "not be blank");

  /** The type of this node. */
  public static final ObjectType<PulseCounter> TYPE =
      ObjectType.of("#Example.PulseCounter", PulseCounter::new, EVERY, LABEL)
          .node(
              NodeTraits.processor()
                  .taking(StreamKind.VIDEO)
                  .giving(StreamKind.VIDEO, StreamKind.EVENTS))
          .rule(
              (counter, report) -> {
                if (counter.label().literal().filter("reserved"::equals).isPresent()) {
                  report.add(
                      ProblemCode.MODULE_VALIDATION, "label", "'label' must not be 'reserved'.");
                }
              });

  private PulseCounter(Settings settings) {
    super(TYPE, settings);
  }

  /** The pictures that came in, and a pulse from time to time. */
  public record Outputs(MediaOutput media, EventOutput pulses) {}

  /** Makes a counter that gives an event after {@code samples} samples. */
  public static PulseCounter every(long samples) {
    return new PulseCounter(Settings.empty().with(EVERY, Value.of(samples)));
  }

  /** Returns a copy with another label. */
  public PulseCounter label(Value<String> label) {
    return new PulseCounter(settings().with(LABEL, label));
  }

  /** Returns the number of samples between two events. */
  public Value<Long> every() {
    return require(EVERY);
  }

  /** Returns the name of the events. */
  public Value<String> label() {
    return valueOr(LABEL, "pulse");
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
