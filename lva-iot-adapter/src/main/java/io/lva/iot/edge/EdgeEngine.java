package io.lva.iot.edge;

import io.lva.graph.GraphTopology;
import io.lva.graph.json.TopologyJson;
import io.lva.iot.Answer;
import io.lva.iot.DirectMethodOptions;
import io.lva.iot.DirectMethods;
import io.lva.media.MediaEvent;
import io.lva.runtime.EngineException;
import io.lva.runtime.GraphEngine;
import io.lva.runtime.InstanceResource;
import io.lva.runtime.MediaRuntime;
import io.lva.runtime.MediaRuntimeBuilder;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runtime and engine of the module, with the settings that the twin had when they were opened.
 *
 * <p>Thread-safe.
 */
final class EdgeEngine implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(EdgeEngine.class.getName());
  private static final String UNSECURED = "UnsecuredEndpoint\"";

  private final ModuleSettings started;
  private final Supplier<ModuleSettings> current;
  private final EventOutbox outbox;
  private final MediaRuntime runtime;
  private final GraphEngine engine;
  private final DirectMethods methods;

  private EdgeEngine(
      ModuleSettings started,
      Supplier<ModuleSettings> current,
      EventOutbox outbox,
      MediaRuntime runtime,
      GraphEngine engine) {
    this.started = started;
    this.current = current;
    this.outbox = outbox;
    this.runtime = runtime;
    this.engine = engine;
    methods =
        new DirectMethods(engine, DirectMethodOptions.standard().activationGuard(this::refusal));
  }

  /**
   * Opens the engine, which activates the instances that were active.
   *
   * @param started the settings to open with
   * @param current returns the latest settings, which may have changed since
   * @throws SettingsException when the data directory cannot be used
   */
  static EdgeEngine open(
      EdgeOptions options,
      ModuleSettings started,
      Supplier<ModuleSettings> current,
      ScheduledExecutorService timer)
      throws SettingsException {
    EventOutbox outbox;
    try {
      EventJournal journal =
          EventJournal.open(started.applicationDataDirectory().resolve("unsent"));
      outbox = new EventOutbox(journal, options.metrics(), timer, EventOutbox.PATIENCE);
    } catch (IOException e) {
      throw unusable(started, e);
    }
    try {
      return start(options, started, current, outbox);
    } catch (EngineException e) {
      outbox.close();
      throw unusable(started, e);
    } catch (RuntimeException | LinkageError e) {
      outbox.close();
      throw e;
    }
  }

  private static EdgeEngine start(
      EdgeOptions options,
      ModuleSettings started,
      Supplier<ModuleSettings> current,
      EventOutbox outbox) {
    MediaRuntimeBuilder builder =
        options
            .runtime()
            .apply(MediaRuntime.builder())
            .metrics(options.metrics())
            .assetStore(started.assetStore())
            .applicationDataDirectory(started.applicationDataDirectory())
            .onEvent(new EventPublisher(current, outbox));
    started.mediaMemoryBytes().ifPresent(builder::mediaMemory);
    MediaRuntime runtime = builder.start();
    try {
      return new EdgeEngine(started, current, outbox, runtime, GraphEngine.open(runtime));
    } catch (RuntimeException | LinkageError e) {
      runtime.close();
      throw e;
    }
  }

  ModuleSettings started() {
    return started;
  }

  EventOutbox outbox() {
    return outbox;
  }

  /** Calls a direct method. */
  Answer call(String name, String payload) {
    return methods.invoke(name, payload);
  }

  /**
   * Hands a message to the sources that read an input, with the time in the message or, without
   * one, the present time.
   */
  void message(String input, String id, Map<String, String> properties, String body) {
    MediaEvent.Message message =
        new MediaEvent.Message(utcNanos(properties.get("eventTime")), id, body, properties);
    if (runtime.messageInputs().deliver(input, message) == 0) {
      LOGGER.log(System.Logger.Level.DEBUG, "No active graph reads input ''{0}''", input);
    }
  }

  @Override
  public void close() {
    engine.close();
    runtime.close();
    outbox.close();
  }

  /**
   * Returns the answer that refuses to activate an instance with an endpoint that the twin forbids.
   */
  private Optional<Answer> refusal(InstanceResource instance) {
    GraphTopology topology = instance.topology();
    if (current.get().allowUnsecuredEndpoints()
        || !TopologyJson.write(topology).contains(UNSECURED)) {
      return Optional.empty();
    }
    return Optional.of(
        EdgeAnswers.unsecured(
            "The topology '"
                + topology.name()
                + "' uses an unsecured endpoint; set allowUnsecuredEndpoints to true in the module"
                + " twin, or use a TlsEndpoint."));
  }

  private static long utcNanos(@Nullable String text) {
    Instant time = Instant.now();
    try {
      time = text == null ? time : OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      LOGGER.log(
          System.Logger.Level.WARNING, "The eventTime of a message is no time: it counts as now");
      return utcNanos(null);
    }
  }

  private static SettingsException unusable(ModuleSettings settings, Exception cause) {
    return new SettingsException(
        List.of(
            "'"
                + SettingsReader.DATA_DIRECTORY
                + "' "
                + settings.applicationDataDirectory()
                + " cannot be used: "
                + cause
                + "."));
  }
}
