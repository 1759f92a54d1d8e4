package io.lva.bench;

import io.lva.bench.guard.ReferenceProfiler;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints the time of each operation, the CPU time ({@code cpu.operation},
 * which other work on the machine disturbs less) and the memory allocated ({@code
 * gc.alloc.rate.norm}).
 */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs the benchmarks.
   *
   * @param arguments arguments of JMH: names of benchmarks, and options that replace the short
   *     defaults
   * @throws CommandLineOptionException when an option is wrong
   * @throws RunnerException when no benchmark matches, another run is under way, or, with {@code
   *     -foe true}, a benchmark fails
   */
  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    CommandLineOptions chosen = new CommandLineOptions(arguments);
    new Runner(withDefaults(chosen)).run();
  }

  private static Options withDefaults(CommandLineOptions chosen) {
    return new OptionsBuilder()
        .parent(chosen)
        .forks(chosen.getForkCount().orElse(1))
        .warmupIterations(chosen.getWarmupIterations().orElse(5))
        .warmupTime(chosen.getWarmupTime().orElse(TimeValue.seconds(1)))
        .measurementIterations(chosen.getMeasurementIterations().orElse(5))
        .measurementTime(chosen.getMeasurementTime().orElse(TimeValue.seconds(1)))
        .addProfiler(ReferenceProfiler.class)
        .addProfiler(GCProfiler.class)
        .build();
  }
}
