package io.lva.asset.index;

import io.lva.media.Gap;
import java.time.Instant;

/**
 * A gap that is over.
 *
 * <p>Immutable.
 *
 * @param gap the gap, with its end
 * @param bridged whether the run continues after the gap, with the last sample before it extended
 */
public record GapCloseRow(Gap gap, boolean bridged) implements IndexRow {
  /**
   * Checks the gap.
   *
   * @param gap the gap, with its end
   * @param bridged see above
   * @throws IllegalArgumentException when it has no end
   */
  public GapCloseRow {
    if (gap.end().isEmpty()) {
      throw new IllegalArgumentException("gap " + gap.id() + " has no end");
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
