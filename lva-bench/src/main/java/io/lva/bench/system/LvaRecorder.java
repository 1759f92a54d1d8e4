package io.lva.bench.system;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.asset.Assets;
import io.lva.asset.store.AssetStore;
import io.lva.asset.verify.AssetReport;
import io.lva.asset.verify.AssetVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This library, all cameras in one process.
 *
 * <p>Immutable.
 */
final class LvaRecorder implements Recorder {
  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

  private final List<String> jvmOptions;

  /** Creates a recorder with options for its JVM. */
  LvaRecorder(List<String> jvmOptions) {
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  @Override
  public String name() {
    return "lva";
  }

  @Override
  public boolean isInstalled() {
    return true;
  }

  @Override
  public Session start(Load load) throws IOException {
    Path log = load.folder().resolveSibling(load.folder().getFileName() + ".gc.log");
    List<String> options = new ArrayList<>(jvmOptions);
    options.add("-Xlog:gc,gc+phases:file=" + log + ":none");
    List<String> arguments = new ArrayList<>();
    arguments.add(load.folder().toUri().toString());
    arguments.add(load.fullSpeed() ? "camera" : "live");
    load.cameras().forEach(camera -> arguments.add(camera.toString()));
    ChildProcess process = ChildProcess.java(options, RecorderProcess.class, arguments);
    answer(process);
    long idleBytes = ProcessUsage.of(List.of(process.pid())).residentBytes();
    process.send("start");
    int port = Integer.parseInt(answer(process));
    return new Running(load, process, idleBytes, port, log);
  }

  /** Reads the next answer; skips lines of the JVM itself. */
  private static String answer(ChildProcess process) throws IOException {
    String line = process.readLine();
    while (!line.startsWith(RecorderProcess.ANSWER)) {
      line = process.readLine();
    }
    return line.substring(RecorderProcess.ANSWER.length());
  }

  private record Running(Load load, ChildProcess process, long idleBytes, int port, Path log)
      implements Session {
    @Override
    public List<Long> processes() {
      return List.of(process.pid());
    }

    @Override
    public Map<String, Long> counters() throws IOException {
      process.send("");
      return new ObjectMapper().readValue(answer(process), new TypeReference<>() {});
    }

    @Override
    public Optional<URI> playlist(int camera) {
      return Optional.of(
          URI.create(
              "http://127.0.0.1:"
                  + port
                  + "/"
                  + Load.name(camera)
                  + "/content.ism/manifest(format=m3u8-cmaf).m3u8"));
    }

    @Override
    public List<Double> pauseMillis() throws IOException {
      List<Double> pauses = new ArrayList<>();
      for (String line : Files.readAllLines(log)) {
        Matcher pause = PAUSE.matcher(line);
        if (pause.find()) {
          pauses.add(Double.valueOf(pause.group(1)));
        }
      }
      return pauses;
    }

    @Override
    public void stop() throws IOException {
      process.end();
    }

    @Override
    public List<String> verify() throws IOException {
      List<String> problems = new ArrayList<>();
      try (AssetStore store = AssetStore.open(load.folder().toUri())) {
        for (String asset : Assets.names(store)) {
          AssetReport report = AssetVerifier.verify(store, asset, progress -> {});
          for (AssetReport.Problem problem : report.problems()) {
            problems.add(report.asset() + ": " + problem.file() + ": " + problem.what());
          }
        }
      }
      return problems;
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
