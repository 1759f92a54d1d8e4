package io.lva.iot.edge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.iot.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The library as a module of Azure IoT Edge: configured by its twin, driven by direct methods, and
 * reporting events in messages.
 *
 * <p>Media does not depend on the hub: instances that were active record from the start, with the
 * twin as it was last read, and keep recording while the hub is unreachable.
 *
 * <p>Thread-safe.
 */
public final class EdgeModule implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(EdgeModule.class.getName());

  /** The first three characters after the colon are the version of the contract. */
  private static final String PRODUCT = "live-video-analytics:2.0.0";

  private static final long REPORT_SECONDS = 10;

  private final EdgeOptions options;
  private final TwinCache cache;
  private final MethodCalls calls;
  private final ScheduledThreadPoolExecutor thread = supervisorThread();
  private final HubSupervisor supervisor;
  private volatile @Nullable EdgeEngine engine;
  private volatile @Nullable ModuleSettings settings;
  private volatile String problem = "The module twin has not been read yet.";
  private @Nullable HubClient client;
  private String reported = "";
  private String noted = "";

  private EdgeModule(EdgeOptions options, HubClient.Factory factory) {
    this.options = options;
    cache = new TwinCache(options.stateDirectory());
    calls = new MethodCalls(this::call, options.methodPatience());
    supervisor = new HubSupervisor(factory, thread, options.longestPause(), new FromHub());
  }

  /**
   * Starts the module that the environment of this process describes, and activates the instances
   * that were active.
   *
   * @param options what the twin does not set
   * @return a module that connects to its hub in the background, and reconnects whenever necessary
   * @throws IllegalArgumentException when the environment does not describe a module
   */
  public static EdgeModule start(EdgeOptions options) {
    EdgeEnvironment.read(System.getenv());
    return start(options, SdkHubClient::fromEnvironment);
  }

  static EdgeModule start(EdgeOptions options, HubClient.Factory factory) {
    EdgeModule module = new EdgeModule(options, factory);
    module.thread.execute(module::begin);
    return module;
  }

  /**
   * Ends all instances and disconnects. At the next start, instances that are active now are
   * activated again, and operational events that the hub has not received are sent.
   */
  @Override
  public void close() {
    calls.close();
    EdgeEngine running = engine;
    if (running != null) {
      running.close();
    }
    supervisor.close();
    thread.shutdownNow();
  }

  private void begin() {
    cache.read().ifPresent(this::configure);
    supervisor.start();
    var unused =
        thread.scheduleWithFixedDelay(
            this::report, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Applies new settings. If they are wrong, or no engine can be opened with them, running
   * instances are left alone and every method answers with the problem.
   */
  private void configure(String desired) {
    try {
      ModuleSettings wanted = SettingsReader.read(desired);
      apply(wanted);
      List<String> unknown = SettingsReader.unknown(desired);
      if (!wanted.ignored().isEmpty() || !unknown.isEmpty()) {
        note("Of the twin, not used here: " + wanted.ignored() + "; unknown: " + unknown);
      }
      problem = "";
    } catch (SettingsException e) {
      problem = String.valueOf(e.getMessage());
      LOGGER.log(System.Logger.Level.ERROR, problem);
    } catch (RuntimeException | LinkageError e) {
      problem = "The settings cannot be applied: " + e;
      LOGGER.log(System.Logger.Level.ERROR, problem, e);
    }
  }

  private void apply(ModuleSettings wanted) throws SettingsException {
    EdgeEngine running = engine;
    options.log().accept(wanted.log());
    if (running == null) {
      running = EdgeEngine.open(options, wanted, () -> current(wanted), thread);
      engine = running;
    }
    settings = wanted;
    List<String> waiting = wanted.needRestart(running.started());
    if (!waiting.isEmpty()) {
      LOGGER.log(System.Logger.Level.WARNING, "{0} will count from the next start on", waiting);
    }
  }

  private ModuleSettings current(ModuleSettings first) {
    ModuleSettings now = settings;
    return now == null ? first : now;
  }

  /** Calls a direct method, on a thread of {@link MethodCalls}. */
  private Answer call(String name, String payload) {
    long begin = System.nanoTime();
    UUID activity = UUID.randomUUID();
    LOGGER.log(
        System.Logger.Level.INFO,
        () -> "Request started: Method name=" + name + ".; Context: activityId=" + activity);
    Answer answer = answer(name, payload);
    double millis = (System.nanoTime() - begin) / 1e6;
    LOGGER.log(
        System.Logger.Level.INFO,
        () ->
            "Request completed: Method name=%s Status=%d Elapsed=%.4fms.; Context: activityId=%s"
                .formatted(name, answer.status(), millis, activity));
    return answer;
  }

  private Answer answer(String name, String payload) {
    String wrong = problem;
    EdgeEngine running = engine;
    if (!wrong.isEmpty() || running == null) {
      return EdgeAnswers.notConfigured(wrong);
    }
    return running.call(name, payload);
  }

  /** Reports what has changed since it was last reported. */
  private void report() {
    HubClient to = client;
    String state = state();
    if (to == null || state.equals(reported)) {
      return;
    }
    var unused =
        to.report(state)
            .orTimeout(REPORT_SECONDS / 2, TimeUnit.SECONDS)
            .thenRunAsync(() -> reported = state, thread)
            .exceptionally(failure -> null); // it is tried again
  }

  private String state() {
    EdgeEngine running = engine;
    ModuleSettings now = settings;
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("ProductInfo", PRODUCT)
            .put("state", problem.isEmpty() ? "Running" : "ConfigurationRequired")
            .put("droppedEvents", running == null ? 0 : running.outbox().dropped());
    json.putArray("supportedApiVersions").add("1.0").add("2.0");
    json.put("problem", problem.isEmpty() ? null : problem);
    if (running != null && now != null) {
      var waiting = json.putArray("restartRequired");
      now.needRestart(running.started()).forEach(waiting::add);
    }
    return json.toString();
  }

  /**
   * Logs the desired properties that have no effect, unless the line is the same as the last one.
   */
  private void note(String line) {
    if (!line.equals(noted)) {
      noted = line;
      LOGGER.log(System.Logger.Level.INFO, line);
    }
  }

  private static ScheduledThreadPoolExecutor supervisorThread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "lva-hub");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** Handles what comes from the hub. */
  private final class FromHub implements HubSupervisor.Listener {
    @Override
    public void online(HubClient connected) {
      client = connected;
      outbox().ifPresent(outbox -> outbox.connected(connected::send));
      reported = "";
      report();
    }

    @Override
    public void offline() {
      client = null;
      outbox().ifPresent(EventOutbox::disconnected);
    }

    @Override
    public void desired(String properties) {
      configure(properties);
      if (problem.isEmpty()) {
        cache.write(properties);
      }
      HubClient connected = client;
      if (connected != null) {
        outbox().ifPresent(outbox -> outbox.connected(connected::send));
        report();
      }
    }

    @Override
    public void method(HubClient from, String request, String name, String payload) {
      calls.call(name, payload, answer -> from.answer(request, answer.status(), answer.payload()));
    }

    @Override
    public void input(String input, String id, Map<String, String> properties, String body) {
      EdgeEngine running = engine;
      if (running != null) {
        running.message(input, id, properties, body);
      }
    }

    private Optional<EventOutbox> outbox() {
      return Optional.ofNullable(engine).map(EdgeEngine::outbox);
    }
  }
}
