package io.lva.runtime;

import java.time.Instant;

/**
 * When a topology or an instance was set.
 *
 * <p>Immutable.
 *
 * @param createdAt for the first time
 * @param lastModifiedAt for the last time
 */
public record SystemData(Instant createdAt, Instant lastModifiedAt) {
  SystemData modified(Instant now) {
    return new SystemData(createdAt, now);
  }
}
