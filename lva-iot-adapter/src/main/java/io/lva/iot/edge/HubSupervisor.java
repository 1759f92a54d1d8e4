package io.lva.iot.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the module connected: opens a client, subscribes and reads the twin whenever the client
 * connects, and replaces a client that has given up, as often as needed, with growing pauses.
 *
 * <p>Works on the one thread that it is given; its methods may be called on any thread.
 */
final class HubSupervisor implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(HubSupervisor.class.getName());
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 3;

  /**
   * Receives what comes from the hub. Called on the thread of the supervisor, except for methods
   * and inputs, which are called on threads of the client.
   */
  interface Listener {
    /** The module is connected, has subscribed and read its twin. */
    void online(HubClient client);

    /** The connection was lost. */
    void offline();

    /** The twin was read, or a patch was applied. */
    void desired(String properties);

    /** A direct method is called. */
    void method(HubClient client, String request, String name, String payload);

    /** A message arrived at an input. */
    void input(String input, String id, Map<String, String> properties, String body);
  }

  /**
   * The client of one attempt. Once it is replaced, only its direct methods and messages are still
   * passed on.
   */
  private final class Attempt implements HubClient.Listener {
    private @Nullable HubClient client;
    private boolean refreshing;

    /** Whether the twin must be read once more after the read in progress. */
    private boolean again;

    @Override
    public void connected() {
      post(() -> refresh(this, TRIES));
    }

    @Override
    public void retrying(String reason) {
      post(() -> lost(this, reason, /* forGood= */ false));
    }

    @Override
    public void disconnected(String reason) {
      post(() -> lost(this, reason, /* forGood= */ true));
    }

    @Override
    public void method(String request, String name, String payload) {
      HubClient from = client;
      if (from != null) {
        listener.method(from, request, name, payload);
      }
    }

    @Override
    public void desired(String patch) {
      post(() -> patched(this, patch));
    }

    @Override
    public void input(String input, String id, Map<String, String> properties, String body) {
      listener.input(input, id, properties, body);
    }
  }

  private final HubClient.Factory factory;
  private final ScheduledExecutorService thread;
  private final Duration longestPause;
  private final Listener listener;
  private final DesiredTwin twin = new DesiredTwin();
  private @Nullable Attempt current;
  private String state = "";
  private int failures;
  private boolean online;
  private boolean reopening;
  private volatile boolean closed;

  /**
   * Creates a supervisor.
   *
   * @param factory makes a client per attempt
   * @param thread runs everything; owned by the caller
   * @param longestPause the longest pause between two attempts
   * @param listener receives what comes from the hub
   */
  HubSupervisor(
      HubClient.Factory factory,
      ScheduledExecutorService thread,
      Duration longestPause,
      Listener listener) {
    this.factory = factory;
    this.thread = thread;
    this.longestPause = longestPause;
    this.listener = listener;
  }

  /** Begins to connect. */
  void start() {
    post(this::open);
  }

  /** Disconnects, and waits at most a few seconds until that is done. */
  @Override
  public void close() {
    closed = true;
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            drop();
            done.complete(null);
          });
      done.completeOnTimeout(null, ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (RejectedExecutionException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "The supervisor had ended already", e);
    }
  }

  private void open() {
    reopening = false;
    drop();
    if (closed) {
      return;
    }
    Attempt attempt = new Attempt();
    current = attempt;
    try {
      HubClient client = factory.create(attempt);
      attempt.client = client;
      client.open();
    } catch (IOException | RuntimeException | LinkageError e) {
      lost(attempt, String.valueOf(e.getMessage()), /* forGood= */ true);
    }
  }

  private void refresh(Attempt attempt, int triesLeft) {
    HubClient client = attempt.client;
    if (attempt != current || client == null) {
      return;
    }
    if (attempt.refreshing) {
      attempt.again = true;
      return;
    }
    attempt.refreshing = true;
    attempt.again = false;
    var unused =
        bounded(client.watchTwin())
            .thenCompose(done -> bounded(client.twin()))
            .thenAcceptAsync(read -> readTwin(attempt, read), thread)
            .thenCompose(done -> bounded(client.acceptMethods()))
            .whenComplete(
                (done, failure) ->
                    post(
                        () -> {
                          attempt.refreshing = false;
                          refreshed(attempt, client, failure, triesLeft);
                        }));
  }

  private void refreshed(
      Attempt attempt, HubClient client, @Nullable Throwable failure, int triesLeft) {
    if (attempt != current) {
      return;
    }
    if (failure == null) {
      failures = 0;
      changeState(System.Logger.Level.INFO, "Connected to the hub");
      online = true;
      listener.online(client);
      if (attempt.again) {
        refresh(attempt, TRIES);
      }
    } else if (triesLeft > 1) {
      refresh(attempt, triesLeft - 1);
    } else {
      lost(attempt, "the hub does not answer: " + failure, /* forGood= */ true);
    }
  }

  /**
   * Applies the settings before methods are accepted, so that the first call finds them in effect.
   */
  private void readTwin(Attempt attempt, String read) {
    if (attempt != current) {
      return;
    }
    try {
      twin.read(read);
      listener.desired(twin.json());
    } catch (IllegalArgumentException e) {
      LOGGER.log(System.Logger.Level.WARNING, "The twin is ignored: {0}", e.getMessage());
    }
  }

  private void patched(Attempt attempt, String patch) {
    if (attempt != current) {
      return;
    }
    try {
      switch (twin.patch(patch)) {
        case APPLIED -> listener.desired(twin.json());
        case GAP -> refresh(attempt, TRIES);
        case OLD -> {}
      }
    } catch (IllegalArgumentException e) {
      LOGGER.log(System.Logger.Level.WARNING, "A patch is ignored: {0}", e.getMessage());
    }
  }

  private void lost(Attempt attempt, String reason, boolean forGood) {
    if (attempt != current || closed) {
      return;
    }
    if (online) {
      online = false;
      listener.offline();
    }
    changeState(System.Logger.Level.WARNING, "Not connected to the hub: " + reason);
    if (forGood && !reopening) {
      reopening = true;
      failures++;
      var unused = thread.schedule(() -> run(this::open), pauseMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Returns the pause before the next attempt. It grows from a sixteenth of the longest pause, with
   * jitter, so that modules do not all connect at once.
   */
  private long pauseMillis() {
    long longest = longestPause.toMillis();
    long pause = Math.min(longest, (longest / 32) << Math.min(failures, 5));
    return ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
  }

  private void drop() {
    Attempt attempt = current;
    current = null;
    if (online) {
      online = false;
      listener.offline();
    }
    if (attempt != null && attempt.client != null) {
      attempt.client.close();
    }
  }

  /** Logs a state if it differs from the previous one. */
  private void changeState(System.Logger.Level level, String now) {
    if (!now.equals(state)) {
      state = now;
      LOGGER.log(level, now);
    }
  }

  private void post(Runnable task) {
    try {
      thread.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "The supervisor has ended", e);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | LinkageError e) {
      LOGGER.log(System.Logger.Level.ERROR, "The supervisor of the hub failed", e);
    }
  }

  private static <T> CompletableFuture<T> bounded(CompletableFuture<T> stage) {
    return stage.orTimeout(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
