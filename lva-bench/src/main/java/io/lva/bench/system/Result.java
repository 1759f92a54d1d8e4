package io.lva.bench.system;

import java.util.List;
import java.util.Map;

/**
 * What was measured of one recorder.
 *
 * <p>Immutable.
 *
 * @param recorder its name
 * @param plan what was asked
 * @param seconds how long it was measured
 * @param usage what its processes used in that time
 * @param idleBytes its resident memory before the first camera; 0 when not known
 * @param sender what the processes of the cameras used
 * @param sent what the cameras sent
 * @param lag from the camera to the file, in seconds
 * @param liveLag from the camera to the live playlist, in seconds
 * @param pauses of the garbage collector, in milliseconds
 * @param counters what the recorder counted in that time
 * @param incomplete what is not recorded of that time, by camera
 * @param problems what the recorder finds wrong with its own files
 */
record Result(
    String recorder,
    Plan plan,
    double seconds,
    ProcessUsage usage,
    long idleBytes,
    ProcessUsage sender,
    FarmReport sent,
    Quantiles lag,
    Quantiles liveLag,
    Quantiles pauses,
    Map<String, Long> counters,
    List<String> incomplete,
    List<String> problems) {
  Result {
    counters = Map.copyOf(counters);
    incomplete = List.copyOf(incomplete);
    problems = List.copyOf(problems);
  }

  /** Returns the CPU time a camera takes, in per cent of a core. */
  double cpuPercent() {
    return usage.cpuSeconds() / seconds / plan.cameras() * 100;
  }

  /** Returns the CPU time of the cameras themselves, in per cent of a core for each. */
  double senderCpuPercent() {
    return sender.cpuSeconds() / seconds / plan.cameras() * 100;
  }

  /** Returns the CPU time for what was sent. */
  double cpuSecondsPerGbit() {
    return usage.cpuSeconds() / (sent.bytes() * 8 / 1e9);
  }

  /** Returns the memory that a camera takes, above that of an idle process where it is known. */
  double mebibytesPerCamera() {
    return (usage.residentBytes() - idleBytes) / (double) plan.cameras() / (1 << 20);
  }
}
