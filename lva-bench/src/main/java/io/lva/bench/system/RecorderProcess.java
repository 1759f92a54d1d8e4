package io.lva.bench.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.graph.AssetSink;
import io.lva.graph.GraphTopology;
import io.lva.graph.RtspSource;
import io.lva.graph.SourceClock;
import io.lva.playback.Playback;
import io.lva.playback.http.HttpOptions;
import io.lva.playback.http.HttpPlaybackServer;
import io.lva.runtime.ActivationException;
import io.lva.runtime.GraphInstance;
import io.lva.runtime.MediaRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * This library as an application embeds it: records cameras, and serves what it records.
 *
 * <p>{@code RecorderProcess STORE live|camera URL…}: prints a line when it is ready. The first line
 * that it reads starts the cameras, and it answers with the port of its HTTP server. It answers
 * each further line with what it counts, as JSON, and ends when its standard input does. Exit
 * codes: 0 ended, 1 cannot record, 2 bad arguments.
 */
public final class RecorderProcess {
  /** The prefix of every line that answers the parent process. */
  static final String ANSWER = "answer ";

  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;
  private static final Duration DRAIN = Duration.ofSeconds(30);

  /**
   * Held here, because the log manager loses the settings of loggers that are garbage-collected.
   */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  private RecorderProcess() {}

  /**
   * Runs until the standard input ends.
   *
   * @param arguments as in the description of this class
   */
  public static void main(String[] arguments) {
    if (arguments.length < 3 || !arguments[1].matches("live|camera")) {
      System.err.println("usage: RecorderProcess STORE live|camera URL...");
      System.exit(BAD_ARGUMENTS);
    }
    ROOT_LOGGER.setLevel(Level.SEVERE);
    try {
      record(
          URI.create(arguments[0]),
          SourceClock.valueOf(arguments[1].toUpperCase(Locale.ROOT)),
          List.of(arguments).subList(2, arguments.length));
    } catch (IOException | ActivationException | IllegalArgumentException e) {
      System.err.println("nothing can be recorded: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void record(URI store, SourceClock clock, List<String> cameras)
      throws IOException, ActivationException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Counters counters = new Counters();
    try (MediaRuntime runtime =
        MediaRuntime.builder().assetStore(store).metrics(counters).onEvent(counters).start()) {
      System.out.println(ANSWER + "ready");
      if (input.readLine() != null) {
        List<GraphInstance> instances = activate(runtime, cameras, clock);
        serve(runtime, input, counters);
        deactivate(instances);
      }
    }
  }

  private static List<GraphInstance> activate(
      MediaRuntime runtime, List<String> cameras, SourceClock clock) throws ActivationException {
    List<GraphInstance> instances = new ArrayList<>();
    for (int camera = 1; camera <= cameras.size(); camera++) {
      RtspSource source = RtspSource.at(cameras.get(camera - 1)).clock(clock);
      var graph = GraphTopology.builder("ContinuousRecording");
      graph.source("rtspSource", source).video().to("assetSink", sink(camera));
      GraphInstance instance = runtime.instance(Load.name(camera), graph.build(), values -> {});
      instances.add(instance);
      instance.activate();
    }
    return instances;
  }

  private static AssetSink sink(int camera) {
    return AssetSink.named(Load.name(camera));
  }

  private static void serve(MediaRuntime runtime, BufferedReader input, Counters counters)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (Playback playback = Playback.open(runtime);
        HttpPlaybackServer server =
            HttpPlaybackServer.start(playback, HttpOptions.loopback(/* port= */ 0))) {
      System.out.println(ANSWER + server.address().getPort());
      while (input.readLine() != null) {
        System.out.println(ANSWER + json.writeValueAsString(counters.values()));
      }
    }
  }

  private static void deactivate(List<GraphInstance> instances) {
    CompletableFuture.allOf(
            instances.stream()
                .map(instance -> instance.deactivateAsync(DRAIN).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
  }
}
