package io.lva.bench.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Results as a table for people and as JSON for programs. */
final class ResultTable {
  private static final List<String> HEADS =
      List.of(
          "recorder",
          "cameras",
          "CPU %/camera",
          "CPU s/Gbit",
          "MiB/camera",
          "lag p50 s",
          "lag p99 s",
          "live p99 s",
          "GC p99.9 ms",
          "writes/s",
          "syncs/s",
          "MB/s",
          "sender %",
          "CPU vs lva");

  private ResultTable() {}

  /** Returns a table in Markdown. */
  static String markdown(List<Result> results) {
    StringBuilder out = new StringBuilder();
    row(out, HEADS);
    row(out, HEADS.stream().map(head -> "---").toList());
    results.forEach(result -> row(out, cells(result, results)));
    return out.toString();
  }

  /** Returns all figures of a result. */
  static Map<String, Object> figures(Result result, List<Result> all) {
    return Map.ofEntries(
        Map.entry("recorder", result.recorder()),
        Map.entry("cameras", result.plan().cameras()),
        Map.entry("viewers", result.plan().viewers()),
        Map.entry("fullSpeed", result.plan().fullSpeed()),
        Map.entry("usedMemory", result.plan().memory().bytes() > 0),
        Map.entry("seconds", result.seconds()),
        Map.entry("cpuPercentPerCamera", result.cpuPercent()),
        Map.entry("cpuSecondsPerGbit", result.cpuSecondsPerGbit()),
        Map.entry("usage", result.usage()),
        Map.entry("idleBytes", result.idleBytes()),
        Map.entry("mebibytesPerCamera", result.mebibytesPerCamera()),
        Map.entry("senderCpuPercentPerCamera", result.senderCpuPercent()),
        Map.entry("sent", result.sent()),
        Map.entry("lagSeconds", result.lag()),
        Map.entry("liveLagSeconds", result.liveLag()),
        Map.entry("gcPauseMillis", result.pauses()),
        Map.entry("counters", result.counters()),
        Map.entry("cpuRatioToLva", ratio(result, all).orElse(0.0)));
  }

  private static List<String> cells(Result result, List<Result> all) {
    double seconds = result.seconds();
    List<String> cells = new ArrayList<>();
    cells.add(result.recorder());
    cells.add(Integer.toString(result.plan().cameras()));
    cells.add(number("%.3f", result.cpuPercent()));
    cells.add(number("%.3f", result.cpuSecondsPerGbit()));
    cells.add(number("%.2f", result.mebibytesPerCamera()));
    cells.add(seconds(result.lag().count(), result.lag().median()));
    cells.add(seconds(result.lag().count(), result.lag().p99()));
    cells.add(seconds(result.liveLag().count(), result.liveLag().p99()));
    cells.add(result.pauses().count() == 0 ? "" : number("%.1f", result.pauses().p999()));
    cells.add(number("%.1f", result.usage().writeCalls() / seconds));
    cells.add(syncs(result));
    cells.add(number("%.1f", result.usage().writtenBytes() / seconds / 1e6));
    cells.add(number("%.3f", result.senderCpuPercent()));
    cells.add(ratio(result, all).map(ratio -> number("%.2f", ratio)).orElse(""));
    return cells;
  }

  /**
   * Returns the ratio of a recorder's CPU time per gigabit to that of this library with the same
   * number of cameras; empty when this library was not measured with that number.
   */
  private static Optional<Double> ratio(Result result, List<Result> all) {
    return all.stream()
        .filter(other -> other.recorder().equals("lva"))
        .filter(other -> other.plan().cameras() == result.plan().cameras())
        .findFirst()
        .map(lva -> result.cpuSecondsPerGbit() / lva.cpuSecondsPerGbit());
  }

  private static String syncs(Result result) {
    Long count = result.counters().get("lva.recording.syncs");
    return count == null ? "" : number("%.1f", count / result.seconds());
  }

  private static String seconds(int count, double value) {
    return count == 0 ? "" : number("%.2f", value);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void row(StringBuilder out, List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
