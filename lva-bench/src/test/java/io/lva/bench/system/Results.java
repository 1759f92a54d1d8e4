package io.lva.bench.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Results as a run would have them. */
final class Results {
  private static final Quantiles LAG = new Quantiles(100, 0.3, 0.5, 0.6, 0.6);

  private Results() {}

  /** Returns a result with nothing wrong: 10 cameras for 60 s, 0.1 % of a core each. */
  static Result good(String recorder) {
    return result(recorder, new FarmReport(10, 15_000, 15, 300_000_000), Map.of(), List.of());
  }

  static Result sent(FarmReport sent) {
    return result("lva", sent, Map.of(), List.of());
  }

  static Result counted(String name, long count) {
    return result("lva", good("lva").sent(), Map.of(name, count), List.of());
  }

  static Result incomplete(String what) {
    return result("lva", good("lva").sent(), Map.of(), List.of(what));
  }

  static Result unverified(String problem) {
    Result good = good("lva");
    return new Result(
        good.recorder(),
        good.plan(),
        good.seconds(),
        good.usage(),
        good.idleBytes(),
        good.sender(),
        good.sent(),
        good.lag(),
        good.liveLag(),
        good.pauses(),
        good.counters(),
        good.incomplete(),
        List.of(problem));
  }

  private static Result result(
      String recorder, FarmReport sent, Map<String, Long> counters, List<String> incomplete) {
    return new Result(
        recorder,
        new Plan(
            Path.of("clip.mp4"),
            Path.of("folder"),
            10,
            0,
            false,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            MemoryPlan.NONE),
        60,
        new ProcessUsage(0.4, 0.2, 120 << 20, 1000, 1200, 300_000_000),
        100 << 20,
        new ProcessUsage(0.2, 0.1, 100 << 20, 0, 15_000, 300_000_000),
        sent,
        LAG,
        Quantiles.NONE,
        Quantiles.NONE,
        counters,
        incomplete,
        List.of());
  }
}
