package io.lva.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The resources that processes have used so far, as Linux counts them.
 *
 * <p>Immutable.
 *
 * @param userSeconds CPU time in the program
 * @param systemSeconds CPU time in the kernel on its behalf
 * @param residentBytes memory at this moment
 * @param readCalls system calls that read
 * @param writeCalls system calls that wrote
 * @param writtenBytes bytes they wrote
 */
record ProcessUsage(
    double userSeconds,
    double systemSeconds,
    long residentBytes,
    long readCalls,
    long writeCalls,
    long writtenBytes) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /** Returns the usage of processes, all of which must be running. */
  static ProcessUsage of(List<Long> processes) throws IOException {
    ProcessUsage sum = new ProcessUsage(0, 0, 0, 0, 0, 0);
    for (long process : processes) {
      sum = sum.plus(of(process));
    }
    return sum;
  }

  /** Returns what was used since an earlier moment; the memory is the current one. */
  ProcessUsage since(ProcessUsage earlier) {
    return new ProcessUsage(
        userSeconds - earlier.userSeconds,
        systemSeconds - earlier.systemSeconds,
        residentBytes,
        readCalls - earlier.readCalls,
        writeCalls - earlier.writeCalls,
        writtenBytes - earlier.writtenBytes);
  }

  /** Returns the CPU time. */
  double cpuSeconds() {
    return userSeconds + systemSeconds;
  }

  private static ProcessUsage of(long process) throws IOException {
    Path folder = Path.of("/proc", Long.toString(process));
    String stat = Files.readString(folder.resolve("stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    List<String> status = Files.readAllLines(folder.resolve("status"));
    List<String> io = Files.readAllLines(folder.resolve("io"));
    return new ProcessUsage(
        Long.parseLong(fields.get(USER_TICKS)) / TICKS_PER_SECOND,
        Long.parseLong(fields.get(SYSTEM_TICKS)) / TICKS_PER_SECOND,
        value(status, "VmRSS:") * 1024,
        value(io, "syscr:"),
        value(io, "syscw:"),
        value(io, "wchar:"));
  }

  private ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(
        userSeconds + other.userSeconds,
        systemSeconds + other.systemSeconds,
        residentBytes + other.residentBytes,
        readCalls + other.readCalls,
        writeCalls + other.writeCalls,
        writtenBytes + other.writtenBytes);
  }

  private static long value(List<String> lines, String name) throws IOException {
    for (String line : lines) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("the kernel does not say " + name);
  }
}
