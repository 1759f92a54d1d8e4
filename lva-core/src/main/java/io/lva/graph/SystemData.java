package io.lva.graph;

import java.time.Instant;

/**
 * What the engine notes about a topology or an instance.
 *
 * <p>Immutable.
 *
 * @param createdAt when it was set for the first time
 * @param lastModifiedAt when it was set last
 */
public record SystemData(Instant createdAt, Instant lastModifiedAt) {
  /**
   * Notes that something was set for the first time.
   *
   * @param now the time
   * @return its data
   */
  public static SystemData created(Instant now) {
    return new SystemData(now, now);
  }

  /**
   * Notes that something was set again.
   *
   * @param now the time
   * @return new data
   */
  public SystemData modified(Instant now) {
    return new SystemData(createdAt, now);
  }
}
