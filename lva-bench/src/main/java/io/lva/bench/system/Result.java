package io.lva.bench.system;

import java.util.List;
import java.util.Map;

/**
 * The measurements of one recorder.
 *
 * <p>Immutable.
 *
 * @param recorder its name
 * @param plan the plan of the run
 * @param seconds measured time
 * @param usage resources its processes used in that time
 * @param idleBytes its resident memory before the first camera; 0 when not known
 * @param sender resources the processes of the cameras used
 * @param sent frames and bytes the cameras sent
 * @param lag from the camera to the file, in seconds
 * @param liveLag from the camera to the live playlist, in seconds
 * @param pauses of the garbage collector, in milliseconds
 * @param counters its counters over that time
 * @param incomplete missing media of that time, by camera
 * @param problems problems that the recorder finds in its files
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

  /** Returns the CPU time per camera, in percent of a core. */
  double cpuPercent() {
    return usage.cpuSeconds() / seconds / plan.cameras() * 100;
  }

  /** Returns the CPU time of the simulated cameras, in percent of a core per camera. */
  double senderCpuPercent() {
    return sender.cpuSeconds() / seconds / plan.cameras() * 100;
  }

  /** Returns the CPU time per gigabit sent. */
  double cpuSecondsPerGbit() {
    return usage.cpuSeconds() / (sent.bytes() * 8 / 1e9);
  }

  /** Returns the memory per camera, above that of an idle process where it is known. */
  double mebibytesPerCamera() {
    return (usage.residentBytes() - idleBytes) / (double) plan.cameras() / (1 << 20);
  }
}
