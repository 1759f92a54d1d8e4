package io.lva.asset.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.media.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gaps of a recording that are visible and not closed yet. This finds gaps that were merged
 * into another one because too much was dropped between two parts, so that they do not stay open
 * forever.
 *
 * <p>Thread-safe.
 */
final class AnnouncedGaps {
  @GuardedBy("this")
  private final Map<String, Gap> open = new LinkedHashMap<>();

  synchronized void opened(Gap gap) {
    open.put(gap.id(), gap);
  }

  synchronized void closed(Gap gap) {
    open.remove(gap.id());
  }

  /**
   * Removes and returns the gaps that began before an instant. Gaps that were not merged have been
   * closed by then.
   */
  synchronized List<Gap> takeBefore(Instant instant) {
    List<Gap> taken =
        new ArrayList<>(
            open.values().stream().filter(gap -> gap.start().isBefore(instant)).toList());
    open.values().removeAll(taken);
    return taken;
  }
}
