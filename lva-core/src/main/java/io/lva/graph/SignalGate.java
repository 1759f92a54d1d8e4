package io.lva.graph;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets media pass for a while when an event comes. Times are media time, except the evaluation
 * window, which is measured from the arrival of an event.
 *
 * <p>Immutable.
 */
public final class SignalGate extends PropertyObject
    implements NodeSpec.Processor<SignalGate.Ports, MediaOutput> {
  static final Property.Scalar<Duration> EVALUATION_WINDOW =
      Property.optional("activationEvaluationWindow", ValueTypes.DURATION)
          .limited(
              window -> Limit.between(window, Duration.ZERO, Duration.ofSeconds(10)),
              "be 0 to 10 seconds");
  static final Property.Scalar<Duration> SIGNAL_OFFSET =
      Property.optional("activationSignalOffset", ValueTypes.DURATION)
          .limited(
              offset -> Limit.between(offset, Duration.ofMinutes(-1), Duration.ofMinutes(1)),
              "be -60 to 60 seconds");
  static final Property.Scalar<Duration> MINIMUM_TIME =
      Property.optional("minimumActivationTime", ValueTypes.DURATION)
          .limited(SignalGate::isActivationTime, "be 1 second to 1 hour");
  static final Property.Scalar<Duration> MAXIMUM_TIME =
      Property.optional("maximumActivationTime", ValueTypes.DURATION)
          .limited(SignalGate::isActivationTime, "be 1 second to 1 hour");
  static final ObjectType<SignalGate> TYPE =
      ObjectType.named(
              "SignalGateProcessor",
              SignalGate::new,
              EVALUATION_WINDOW,
              SIGNAL_OFFSET,
              MINIMUM_TIME,
              MAXIMUM_TIME)
          .node(
              NodeTraits.processor()
                  .taking(StreamKind.values())
                  .passingOn()
                  .notFollowing("a signal gate", "#Microsoft.Media.MediaGraphSignalGateProcessor")
                  .placed(SignalGate::checkInputs))
          .rule(SignalGate::checkTimes);

  private SignalGate(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * What a gate connects to.
   *
   * @param signal events that open it
   * @param media what passes
   */
  public record Ports(EventOutput signal, MediaOutput media) implements Inputs {
    @Override
    public List<Output> connections() {
      return List.of(signal, media);
    }
  }

  /**
   * Creates a gate that opens with the event and gathers the events of one second.
   *
   * @param minimum how long it stays open after an event, 1 second to 1 hour
   * @param maximum how long it stays open at most while events continue, from {@code minimum} to 1
   *     hour
   * @return the gate
   */
  public static SignalGate open(Duration minimum, Duration maximum) {
    return create()
        .evaluationWindow(Duration.ofSeconds(1))
        .signalOffset(Duration.ZERO)
        .activationTime(Value.of(minimum), Value.of(maximum));
  }

  /**
   * Creates a gate with nothing set.
   *
   * @return the gate
   */
  public static SignalGate create() {
    return new SignalGate(Settings.empty());
  }

  /**
   * Returns a copy with another evaluation window.
   *
   * @param window how long events are gathered after the first one arrived, before the gate opens
   *     for the earliest; 0 to 10 seconds
   * @return the copy
   */
  public SignalGate evaluationWindow(Duration window) {
    return new SignalGate(settings().with(EVALUATION_WINDOW, Value.of(window)));
  }

  /**
   * Returns a copy with another signal offset.
   *
   * @param offset -1 to 1 minute, less than the minimum activation time; when negative, media from
   *     before the event passes too
   * @return the copy
   */
  public SignalGate signalOffset(Duration offset) {
    return new SignalGate(settings().with(SIGNAL_OFFSET, Value.of(offset)));
  }

  /**
   * Returns a copy with other activation times.
   *
   * @param minimum how long it stays open after an event, 1 second to 1 hour
   * @param maximum how long it stays open at most while events continue, from {@code minimum} to 1
   *     hour
   * @return the copy
   */
  public SignalGate activationTime(Value<Duration> minimum, Value<Duration> maximum) {
    return new SignalGate(settings().with(MINIMUM_TIME, minimum).with(MAXIMUM_TIME, maximum));
  }

  /**
   * Returns the window in which events are gathered.
   *
   * @return the duration; zero when not set
   */
  public Value<Duration> activationEvaluationWindow() {
    return valueOr(EVALUATION_WINDOW, Duration.ZERO);
  }

  /**
   * Returns the time from the earliest event to the media that passes first.
   *
   * @return the duration, negative when media from before the event passes; zero when not set
   */
  public Value<Duration> activationSignalOffset() {
    return valueOr(SIGNAL_OFFSET, Duration.ZERO);
  }

  /**
   * Returns how long the gate stays open after an event.
   *
   * @return the duration; empty when not set, which means 30 seconds
   */
  public Optional<Value<Duration>> minimumActivationTime() {
    return find(MINIMUM_TIME);
  }

  /**
   * Returns how long the gate stays open at most while events continue.
   *
   * @return the duration; empty when not set, which means the minimum activation time
   */
  public Optional<Value<Duration>> maximumActivationTime() {
    return find(MAXIMUM_TIME);
  }

  @Override
  public String type() {
    return TYPE.name();
  }

  @Override
  public MediaOutput outputs(Origin self) {
    return new MediaOutput(self);
  }

  private static boolean isActivationTime(Duration time) {
    return Limit.between(time, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  private static void checkTimes(SignalGate gate, ObjectRule.Report report) {
    Optional<Duration> minimum = gate.find(MINIMUM_TIME).flatMap(Value::literal);
    Optional<Duration> maximum = gate.find(MAXIMUM_TIME).flatMap(Value::literal);
    if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
      report.add(
          ProblemCode.MODULE_VALIDATION,
          MINIMUM_TIME.name(),
          "'minimumActivationTime' must not be longer than 'maximumActivationTime'.");
    }
  }

  private static void checkInputs(
      PlacedNode gate, ApiVersion version, GraphShape shape, Findings findings) {
    List<PlacedNode> upstream = shape.upstream(gate);
    if (upstream.size() < gate.inputs().size() || upstream.isEmpty()) {
      return; // an input is missing, or is not a node: reported
    }
    if (upstream.stream().noneMatch(from -> from.isCamera() || from.foreign())) {
      findings.add(
          ProblemCode.GRAPH_VALIDATION,
          gate.path(".inputs"),
          gate + " must have an RTSP source as a direct input.");
    }
    if (upstream.size() != 2 || upstream.stream().noneMatch(SignalGate::opens)) {
      findings.add(
          ProblemCode.GRAPH_VALIDATION,
          gate.path(".inputs"),
          gate
              + " must have two inputs: one that opens it, which is a motion detector, an"
              + " extension or an IoT Hub message source, and an RTSP source.");
    }
  }

  private static boolean opens(PlacedNode node) {
    return node.traits().gives().contains(StreamKind.EVENTS);
  }
}
