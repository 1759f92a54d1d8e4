package io.lva.bench.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Compares the hot path with the committed baseline: {@code Guard} checks, {@code Guard --update
 * FILE} measures again and writes the baseline of this version of Java into a file.
 *
 * <p>Exit codes: 0 no worse than the baseline, 1 worse or without a baseline, 2 bad arguments.
 */
public final class Guard {
  /** Versions of Java that have a baseline. */
  static final Set<Integer> JAVA_VERSIONS = Set.of(17, 25);

  private static final String UPDATE = "--update";
  private static final int BAD_ARGUMENTS = 2;
  private static final int WARMUP_MILLIS = 800;

  /**
   * Each attempt gives the JIT compiler more time than the one before, because compilation is late
   * on a busy machine.
   */
  private static final int WARMUP_GROWTH = 4;

  /**
   * A benchmark that exceeds the baseline is measured again; it fails only when every attempt does.
   */
  private static final int ROUNDS = 3;

  private Guard() {}

  /**
   * Checks or updates.
   *
   * @param arguments none, or {@code --update} and a file
   * @throws IOException when the baseline cannot be read or written
   * @throws RunnerException when a benchmark fails
   */
  public static void main(String[] arguments) throws IOException, RunnerException {
    if (arguments.length == 2 && arguments[0].equals(UPDATE)) {
      BaselineFile.update(Path.of(arguments[1]), javaVersion(), typical());
      return;
    }
    if (arguments.length > 0) {
      System.err.println("usage: Guard [" + UPDATE + " FILE]");
      System.exit(BAD_ARGUMENTS);
    }
    List<String> problems = check();
    problems.forEach(System.err::println);
    if (!problems.isEmpty()) {
      System.exit(1);
    }
  }

  /**
   * Checks the hot path against the baseline.
   *
   * @return a line for each benchmark that is worse than the baseline of this version of Java or is
   *     missing on either side, or one line when there is no such baseline; empty when all is well
   */
  static List<String> check() throws IOException, RunnerException {
    Optional<Baseline> baseline = BaselineFile.read(BaselineFile.committed(), javaVersion());
    if (baseline.isEmpty()) {
      return List.of(
          "there is no baseline for Java " + javaVersion() + ": write one with " + UPDATE);
    }
    return check(baseline.get()).stream().map(Violation::toString).toList();
  }

  private static List<Violation> check(Baseline baseline) throws RunnerException {
    Map<String, Measurement> best = new TreeMap<>();
    List<Violation> violations = List.of();
    Collection<String> next = hotPath();
    int warmupMillis = WARMUP_MILLIS;
    for (int round = 1; round <= ROUNDS && !next.isEmpty(); round++) {
      for (Measurement each : new GuardRun(warmupMillis).measure(next)) {
        print(each);
        best.merge(each.benchmark(), each, Measurement::best);
      }
      violations = baseline.violations(best.values());
      next = violations.stream().map(each -> each.benchmark().method()).distinct().toList();
      warmupMillis *= WARMUP_GROWTH;
    }
    for (String name : baseline.outdated(best.values())) {
      System.out.println(name + " is much faster than its baseline: accept that with " + UPDATE);
    }
    return violations;
  }

  /** Measures typical figures: the median of the times, the minimum of the bytes. */
  private static Baseline typical() throws RunnerException {
    Map<String, List<Measurement>> rounds = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Measurement each : new GuardRun(WARMUP_MILLIS).measure(hotPath())) {
        print(each);
        rounds.computeIfAbsent(each.benchmark(), name -> new ArrayList<>()).add(each);
      }
    }
    return Baseline.of(rounds.values().stream().map(Guard::median).toList());
  }

  private static Measurement median(List<Measurement> rounds) {
    Measurement best = rounds.stream().reduce(Measurement::best).orElseThrow();
    rounds.sort(Comparator.comparingDouble(Measurement::timeRatio));
    double median = rounds.get(rounds.size() / 2).timeRatio();
    return new Measurement(best.benchmark(), best.bytesPerOperation(), median);
  }

  private static void print(Measurement measured) {
    System.out.printf(
        Locale.ROOT,
        "%-55s %7.1f B %9.4g reference loops%n",
        measured.benchmark(),
        measured.bytesPerOperation(),
        measured.timeRatio());
  }

  private static List<String> hotPath() {
    return GuardRun.HOT_PATH.stream().map(Class::getSimpleName).toList();
  }

  private static int javaVersion() {
    return Runtime.version().feature();
  }
}
