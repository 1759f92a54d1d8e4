package io.lva.iot.edge;

import io.lva.event.EventClass;
import io.lva.event.EventJson;
import io.lva.event.EventListener;
import io.lva.event.EventRecord;
import io.lva.event.GraphEvent;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends events to the outputs that the twin names, and analytics to the output of their own sink.
 *
 * <p>Called on the event thread of the runtime.
 */
final class EventPublisher implements EventListener {
  /** Category {@code Events} of the log. */
  private static final System.Logger LOGGER = System.getLogger("io.lva.event");

  private static final EventJson JSON = EventJson.standard();

  private final Supplier<ModuleSettings> settings;
  private final EventOutbox outbox;

  EventPublisher(Supplier<ModuleSettings> settings, EventOutbox outbox) {
    this.settings = settings;
    this.outbox = outbox;
  }

  @Override
  public void event(EventRecord event) {
    output(event.event())
        .ifPresent(
            output ->
                outbox.add(
                    new OutgoingMessage(
                        event.id().toString(),
                        output,
                        event.instance(),
                        event.event().eventClass(),
                        JSON.properties(event),
                        JSON.body(event))));
    LOGGER.log(System.Logger.Level.INFO, () -> JSON.flat(event)); // now it outlives the process
  }

  private Optional<String> output(GraphEvent event) {
    if (event instanceof GraphEvent.InferenceMessage message) {
      return Optional.of(message.outputName()).filter(name -> !name.isEmpty());
    }
    ModuleSettings now = settings.get();
    if (event.eventClass() == EventClass.OPERATIONAL) {
      return now.operationalOutput();
    }
    return now.diagnosticsOutput().filter(output -> now.diagnosticsLevel().admits(event));
  }
}
