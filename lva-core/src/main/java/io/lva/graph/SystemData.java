package io.lva.graph;

import java.time.Instant;

/**
 * What the engine records about a topology or an instance.
 *
 * <p>Immutable.
 *
 * @param createdAt when it was set for the first time
 * @param lastModifiedAt when it was set last
 */
public record SystemData(Instant createdAt, Instant lastModifiedAt) {
  /**
   * Creates the data of something that is set for the first time.
   *
   * @param now the time at which it is set
   * @return the data
   */
  public static SystemData created(Instant now) {
    return new SystemData(now, now);
  }

  /**
   * Returns a copy with another time of modification.
   *
   * @param now the time at which it is set again
   * @return the copy
   */
  public SystemData modified(Instant now) {
    return new SystemData(createdAt, now);
  }
}
