package io.lva.rtsp.net;

import io.lva.spi.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the datagrams that Linux dropped because the buffer of a port was full, as shown in {@code
 * /proc/net/udp}; on other systems the count is always 0. The counts of all ports are read at once,
 * at most every five seconds.
 *
 * <p>Confined to its media loop.
 */
final class KernelDrops {
  private static final Duration AGE = Duration.ofSeconds(5);
  private static final int LOCAL_ADDRESS = 1;
  private static final int DROPS = 12;

  private final Clock clock;
  private final List<Path> tables;
  private final Map<Integer, Long> drops = new HashMap<>();
  private long readNanos;

  KernelDrops(Clock clock, Path... tables) {
    this.clock = clock;
    this.tables = List.of(tables);
    this.readNanos = clock.nanoTime() - AGE.toNanos();
  }

  static KernelDrops ofHost(Clock clock) {
    return new KernelDrops(clock, Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
  }

  /**
   * Returns how many datagrams to a local port have been dropped so far; 0 when that is unknown.
   */
  long ofPort(int port) {
    if (clock.nanoTime() - readNanos >= AGE.toNanos()) {
      readNanos = clock.nanoTime();
      drops.clear();
      tables.forEach(this::read);
    }
    return drops.getOrDefault(port, 0L);
  }

  private void read(Path table) {
    Map<Integer, Long> read = new HashMap<>();
    try (BufferedReader reader = Files.newBufferedReader(table)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] columns = line.trim().split("\\s+", -1);
        int colon = columns.length > DROPS ? columns[LOCAL_ADDRESS].lastIndexOf(':') : -1;
        if (colon > 0) {
          int port = Integer.parseInt(columns[LOCAL_ADDRESS].substring(colon + 1), 16);
          read.merge(port, Long.parseLong(columns[DROPS]), Long::sum);
        }
      }
      read.forEach((port, count) -> drops.merge(port, count, Long::sum));
    } catch (IOException | NumberFormatException e) {
      // Not Linux, no IPv6, or another form of the table, which then counts for nothing.
      return;
    }
  }
}
