package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The writer lanes of a runtime, one per volume.
 *
 * <p>Thread-safe.
 */
final class WriterLanes implements AutoCloseable {
  private final Clock clock;

  @GuardedBy("this")
  private final Map<String, WriterLane> lanes = new HashMap<>();

  WriterLanes(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns the lane of the volume that a folder lies on.
   *
   * @param folder an existing folder
   * @throws IOException when the volume cannot be determined
   */
  synchronized Lane of(Path folder) throws IOException {
    String volume = Files.getFileStore(folder).toString();
    return lanes.computeIfAbsent(volume, name -> new WriterLane(name, clock));
  }

  @Override
  public synchronized void close() {
    lanes.values().forEach(WriterLane::close);
    lanes.clear();
  }
}
