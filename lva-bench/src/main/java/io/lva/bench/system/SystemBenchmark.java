package io.lva.bench.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.graph.SourceClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * Compares recorders under the same load, one after the other.
 *
 * <p>Exit codes: 0 reported, 1 not measured, or refused because media was lost or the load was not
 * what it should be, 2 bad arguments.
 */
@Command(
    name = "SystemBenchmark",
    mixinStandardHelpOptions = true,
    description =
        "Records simulated cameras with this library and, where installed, ffmpeg and GStreamer.")
public final class SystemBenchmark implements Callable<Integer> {
  private static final int REFUSED = 1;

  /** The recorders that take any number of cameras. */
  private static final Set<String> SCALING = Set.of("lva", "floor");

  @Option(
      names = "--clip",
      paramLabel = "FILE",
      required = true,
      description = "MP4 file with an H.264 track; each camera sends it over and over.")
  private Path clip = Path.of("clip.mp4");

  @Option(
      names = "--cameras",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,10,50",
      description = "How many cameras, one run each (default: ${DEFAULT-VALUE}).")
  private List<Integer> cameras = List.of();

  @Option(
      names = "--recorders",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "lva,floor,ffmpeg,gstreamer",
      description =
          "What to measure, where it is installed; floor is recv and write alone, in C"
              + " (default: ${DEFAULT-VALUE}).")
  private List<String> recorders = List.of();

  @Option(
      names = "--most-for-others",
      paramLabel = "N",
      description = "Other recorders are left out above this (default: ${DEFAULT-VALUE}).")
  private int mostForOthers = 50;

  @Option(
      names = "--viewers",
      paramLabel = "N",
      description = "How many players follow a live playlist (default: ${DEFAULT-VALUE}).")
  private int viewers;

  @Option(
      names = "--clock",
      paramLabel = "live|camera",
      description = "camera: the cameras send as fast as they can.")
  private SourceClock clock = SourceClock.LIVE;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where to record to, such as a folder in /dev/shm; removed afterwards.")
  private @Nullable Path folder;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Not measured (default: ${DEFAULT-VALUE}).")
  private int warmUpSeconds = 45;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to measure (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--memory",
      paramLabel = "used|free",
      description =
          "used (default): recorders write to memory that was in use a moment before, as on a"
              + " machine that has recorded for a while; free: to memory as the machine has it.")
  private Memory memory = Memory.USED;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes all figures to this file, as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--jvm",
      paramLabel = "OPTION",
      description = "Option of the JVM that this library runs in; may be repeated.")
  private List<String> jvmOptions = new ArrayList<>();

  /** The memory that recorders write to. */
  enum Memory {
    USED,
    FREE
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  private SystemBenchmark() {}

  /**
   * Runs and exits with its code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SystemBenchmark())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(SystemBenchmark::onFailure);
  }

  private static int onFailure(Exception problem, CommandLine command, ParseResult parsed)
      throws Exception {
    if (problem instanceof IOException) {
      command.getErr().println("not measured: " + problem.getMessage());
      command.getErr().flush();
      return REFUSED;
    }
    throw problem;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    FarmClip content = FarmClip.read(clip);
    for (int count : cameras) {
      memoryPlan(content, count).check();
    }
    List<Result> results = new ArrayList<>();
    for (int count : cameras) {
      for (Recorder recorder : chosen(count)) {
        results.add(measured(recorder, count, memoryPlan(content, count)));
      }
    }
    return report(results, json, spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  private void check() {
    if (!Files.isRegularFile(clip)) {
      throw bad("there is no clip " + clip);
    }
    if (seconds < 1 || warmUpSeconds < 0 || viewers < 0 || cameras.stream().anyMatch(n -> n < 1)) {
      throw bad("times and numbers of cameras must be 1 or more");
    }
    List<String> known = all().map(Recorder::name).toList();
    if (!known.containsAll(recorders)) {
      throw bad("recorders are " + String.join(", ", known));
    }
  }

  private ParameterException bad(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  /** Prints the results, unless one of them may not be reported. */
  static int report(List<Result> results, @Nullable Path json, PrintWriter out, PrintWriter refused)
      throws IOException {
    List<String> refusals =
        results.stream().flatMap(result -> Refusals.of(result).stream()).toList();
    if (!refusals.isEmpty()) {
      refusals.forEach(line -> refused.println("not reported: " + line));
      refused.flush();
      return REFUSED;
    }
    out.print(ResultTable.markdown(results));
    out.flush();
    if (json != null) {
      new ObjectMapper()
          .writeValue(
              json.toFile(),
              results.stream().map(result -> ResultTable.figures(result, results)).toList());
    }
    return 0;
  }

  private Stream<Recorder> all() {
    return Stream.of(
        new LvaRecorder(jvmOptions),
        new FloorRecorder(),
        new FfmpegRecorder(),
        new GstreamerRecorder());
  }

  private List<Recorder> chosen(int count) {
    return all()
        .filter(recorder -> recorders.contains(recorder.name()))
        .filter(recorder -> count <= mostForOthers || SCALING.contains(recorder.name()))
        .filter(Recorder::isInstalled)
        .toList();
  }

  private MemoryPlan memoryPlan(FarmClip content, int count) throws IOException {
    if (memory == Memory.FREE) {
      return MemoryPlan.NONE;
    }
    if (clock == SourceClock.CAMERA) {
      return MemoryPlan.most();
    }
    return MemoryPlan.of(
        content.bytesPerSecond(),
        count + Math.min(viewers, count),
        Duration.ofSeconds(warmUpSeconds + seconds));
  }

  private Result measured(Recorder recorder, int count, MemoryPlan held)
      throws IOException, InterruptedException {
    Path parent = folder == null ? Path.of(System.getProperty("java.io.tmpdir", ".")) : folder;
    Files.createDirectories(parent);
    Path target = Files.createTempDirectory(parent, "bench-");
    try {
      Plan plan =
          new Plan(
              clip,
              Files.createDirectories(target.resolve("recordings")),
              count,
              Math.min(viewers, count),
              clock == SourceClock.CAMERA,
              Duration.ofSeconds(warmUpSeconds),
              Duration.ofSeconds(seconds),
              held);
      spec.commandLine().getErr().println(recorder.name() + ", " + count + " cameras …");
      return MeasuredRun.run(plan, recorder);
    } finally {
      remove(target);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
