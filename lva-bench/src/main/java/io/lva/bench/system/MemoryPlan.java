package io.lva.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How much memory a {@link MemoryFiller} takes for a run.
 *
 * <p>Immutable.
 *
 * @param bytes the most that the run writes; 0 to leave the memory as the machine has it
 */
record MemoryPlan(long bytes) {
  /** Memory as the machine has it. */
  static final MemoryPlan NONE = new MemoryPlan(0);

  /** The time until all cameras play, plus the time after the measurement. */
  private static final Duration AROUND = Duration.ofSeconds(10);

  /** Memory that stays free for all running processes. */
  private static final long SPARE_BYTES = 3L << 30;

  /** Memory for the media that waits in a recorder that cannot keep up with full speed. */
  private static final long QUEUE_BYTES = 1L << 30;

  /**
   * Returns the memory for cameras that send in real time.
   *
   * @param bytesPerSecond that a camera sends
   * @param streams cameras and viewers
   * @param time from the first camera to the end of the measured time
   */
  static MemoryPlan of(long bytesPerSecond, int streams, Duration time) {
    return new MemoryPlan(bytesPerSecond * streams * time.plus(AROUND).toMillis() / 1000 * 9 / 8);
  }

  /** Returns nearly all memory that is available, for cameras that send as fast as they can. */
  static MemoryPlan most() throws IOException {
    return new MemoryPlan(Math.max(1, most(availableBytes(), tmpfsBytes()) - QUEUE_BYTES));
  }

  /**
   * Takes the memory.
   *
   * @throws IOException when there is no room for it
   */
  MemoryFiller fill() throws IOException {
    check();
    return MemoryFiller.fill(MemoryFiller.TMPFS, bytes);
  }

  /**
   * Checks that there is room.
   *
   * @throws IOException when there is none
   */
  void check() throws IOException {
    if (bytes > 0) {
      check(availableBytes(), tmpfsBytes());
    }
  }

  void check(long availableBytes, long tmpfsBytes) throws IOException {
    long most = most(availableBytes, tmpfsBytes);
    if (bytes > most) {
      throw new IOException(
          "the run writes up to %d MiB, and there is memory for %d (%s and 3 GiB left over); "
                  .formatted(bytes >> 20, Math.max(0, most) >> 20, MemoryFiller.TMPFS)
              + "measure a shorter time, or with --memory free");
    }
  }

  private static long most(long availableBytes, long tmpfsBytes) {
    return Math.min(availableBytes - SPARE_BYTES, tmpfsBytes);
  }

  private static long tmpfsBytes() throws IOException {
    return Files.getFileStore(MemoryFiller.TMPFS).getUsableSpace();
  }

  private static long availableBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("MemAvailable:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("the kernel does not say how much memory is available");
  }
}
