package io.lva.asset;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.archive.AssetView;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.StoreFeature;
import io.lva.spi.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells which files of an asset are still on a disk. Somebody may remove files, but what is listed
 * for a player must be playable. Other stores are assumed to have their files, because asking them
 * is slow.
 *
 * <p>Thread-safe.
 */
final class PresentFiles {
  private static final Duration FRESHNESS = Duration.ofSeconds(2);
  private static final int HOURS_KEPT = 200;

  private final AssetView view;
  private final Clock clock;
  private final boolean asked;

  @GuardedBy("this")
  private final Map<String, Listing> hours = new LinkedHashMap<>(16, 0.75f, true);

  private record Listing(Set<String> names, long nanos) {}

  PresentFiles(AssetView view, Clock clock) {
    this.view = view;
    this.clock = clock;
    this.asked = view.store().features().contains(StoreFeature.IN_PLACE);
  }

  /** Returns whether the file of a segment exists, or existed a moment ago. */
  boolean has(SegmentRow row) throws IOException {
    return !asked || isThere(row.file());
  }

  /** Returns whether a copy of a published segment exists, or existed a moment ago. */
  boolean hasCopy(SegmentRow row) throws IOException {
    return asked && isThere(row.file() + AssetLayout.PUBLISHED_SUFFIX);
  }

  private boolean isThere(String file) throws IOException {
    int slash = file.lastIndexOf('/');
    return names(file.substring(0, slash)).contains(file.substring(slash + 1))
        || view.store().size(view.path(file)).isPresent(); // newer than the listing
  }

  private synchronized Set<String> names(String hour) throws IOException {
    Listing known = hours.get(hour);
    if (known == null || clock.nanoTime() - known.nanos() > FRESHNESS.toNanos()) {
      known = new Listing(list(hour), clock.nanoTime());
      hours.put(hour, known);
      if (hours.size() > HOURS_KEPT) {
        hours.remove(hours.keySet().iterator().next());
      }
    }
    return known.names();
  }

  private Set<String> list(String hour) throws IOException {
    return view.store().list(view.path(hour)).stream()
        .map(AssetStore.Entry::name)
        .collect(Collectors.toSet());
  }
}
