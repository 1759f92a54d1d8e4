package io.lva.bench.guard;

import io.lva.bench.DepacketizerBenchmark;
import io.lva.bench.PartWriterBenchmark;
import io.lva.bench.PayloadBenchmark;
import io.lva.bench.RecordingBenchmark;
import io.lva.bench.ReorderBenchmark;
import io.lva.bench.SequenceSetBenchmark;
import io.lva.bench.SplitterBenchmark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A short run of benchmarks, each in its own process.
 *
 * <p>Immutable.
 *
 * @param warmupMillis the warm-up time of each benchmark
 */
record GuardRun(int warmupMillis) {
  /**
   * The benchmarks of the path from packet to file. Those of the index and the disk vary too much
   * to be guarded.
   */
  static final List<Class<?>> HOT_PATH =
      List.of(
          SplitterBenchmark.class,
          DepacketizerBenchmark.class,
          PayloadBenchmark.class,
          ReorderBenchmark.class,
          SequenceSetBenchmark.class,
          PartWriterBenchmark.class,
          RecordingBenchmark.class);

  private static final int WARMUP_ITERATIONS = 10;
  private static final int ITERATIONS = 25;
  private static final int ITERATION_MILLIS = 15;

  /**
   * Measures some benchmarks.
   *
   * @param benchmarks names of classes and methods
   */
  Collection<Measurement> measure(Collection<String> benchmarks) throws RunnerException {
    // Another build on this machine may be measuring as well.
    System.setProperty("jmh.ignoreLock", "true");
    TreeMap<String, Measurement> measured = new TreeMap<>();
    for (RunResult run : run(benchmarks)) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        Measurement each = Measurement.of(name(run), fork.getIterationResults());
        measured.put(each.benchmark(), each);
      }
    }
    return measured.values();
  }

  private Collection<RunResult> run(Collection<String> benchmarks) throws RunnerException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    OutputFormat format =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(output, true, StandardCharsets.UTF_8), VerboseMode.SILENT);
    try {
      return new Runner(options(benchmarks), format).run();
    } catch (RunnerException e) {
      System.err.println(output.toString(StandardCharsets.UTF_8));
      throw e;
    }
  }

  private Options options(Collection<String> benchmarks) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(WARMUP_ITERATIONS)
            .warmupTime(TimeValue.milliseconds(warmupMillis / WARMUP_ITERATIONS))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.milliseconds(ITERATION_MILLIS))
            .addProfiler(ReferenceProfiler.class)
            .addProfiler(GCProfiler.class)
            // Inherits no options of this process: with native access, Netty takes another path.
            // Leaves the JIT compiler time, which is late on a busy machine.
            // Touches all memory before: a virtual machine may have to ask its host for each page.
            .jvmArgs("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch", "-Xbatch")
            .shouldFailOnError(true);
    benchmarks.forEach(each -> options.include("\\." + each + "\\b"));
    return options.build();
  }

  /** Returns class, method and parameters. */
  private static String name(RunResult run) {
    BenchmarkParams params = run.getParams();
    String benchmark = params.getBenchmark().replaceFirst(".*\\.(?=[^.]+\\.[^.]+$)", "");
    StringBuilder name = new StringBuilder(benchmark);
    for (String key : params.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(params.getParam(key));
    }
    return name.toString();
  }
}
