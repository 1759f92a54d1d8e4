package io.lva.rtsp.session;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a camera does otherwise than the standards say and was worked around: each once, in the
 * order in which it was seen.
 *
 * <p>Confined to its media loop.
 */
public final class Deviations implements Consumer<String> {
  private static final int MAXIMUM = 64;

  private final Set<String> seen = new LinkedHashSet<>();

  /** Makes an empty list. */
  public Deviations() {}

  @Override
  public void accept(String deviation) {
    if (seen.size() < MAXIMUM) {
      seen.add(deviation);
    }
  }

  /**
   * Returns a snapshot.
   *
   * @return in the order in which they were seen
   */
  public Set<String> seen() {
    return new LinkedHashSet<>(seen);
  }
}
