package io.lva.asset.index;

import io.lva.media.Gap;
import java.time.Instant;

/**
 * A gap that has begun.
 *
 * <p>Immutable.
 *
 * @param gap the gap, without an end
 */
public record GapOpenRow(Gap gap) implements IndexRow {
  /**
   * Checks the gap.
   *
   * @param gap the gap, without an end
   * @throws IllegalArgumentException when it has an end
   */
  public GapOpenRow {
    if (gap.end().isPresent()) {
      throw new IllegalArgumentException("gap " + gap.id() + " has an end");
    }
  }

  @Override
  public String key() {
    return "gap " + gap.id();
  }

  @Override
  public Instant start() {
    return gap.start();
  }
}
