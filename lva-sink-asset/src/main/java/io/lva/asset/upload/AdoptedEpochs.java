package io.lva.asset.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.format.Fences;
import io.lva.asset.index.SegmentRow;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of a spool's recordings in the asset that they are published to, by the spool's own
 * locks, and the epochs of runs that began while the store was unreachable, by run number. Whatever
 * has no epoch yet gets the epoch of the next lock on the store.
 *
 * <p>Immutable.
 */
final class AdoptedEpochs {
  private static final int NONE = -1;
  private static final int MOST_KEPT = 256;
  private static final long NOT_YET = 0;

  private final NavigableMap<Integer, Long> byFirstRun;

  /**
   * The epoch that applies from each lock of the spool on. Only the last entry may have no epoch
   * yet.
   */
  private final NavigableMap<Long, Long> byLock;

  private final int unlockedRun;

  private AdoptedEpochs(
      NavigableMap<Integer, Long> byFirstRun, NavigableMap<Long, Long> byLock, int unlockedRun) {
    this.byFirstRun = byFirstRun;
    this.byLock = byLock;
    this.unlockedRun = unlockedRun;
  }

  /** Reads what {@link #putInto} wrote; a missing field stands for no epochs. */
  static AdoptedEpochs parse(JsonNode root) {
    NavigableMap<Integer, Long> runs = new TreeMap<>();
    for (JsonNode each : root.path("adopted")) {
      runs.put(each.path(0).asInt(), each.path(1).asLong());
    }
    NavigableMap<Long, Long> locks = new TreeMap<>();
    for (JsonNode each : root.path("locks")) {
      locks.put(each.path(0).asLong(), each.path(1).asLong());
    }
    return new AdoptedEpochs(runs, locks, root.path("unlockedRun").asInt(NONE));
  }

  void putInto(ObjectNode root) {
    ArrayNode pairs = root.putArray("adopted");
    byFirstRun.forEach((run, epoch) -> pairs.addArray().add(run).add(epoch));
    ArrayNode locks = root.putArray("locks");
    byLock.forEach((lock, epoch) -> locks.addArray().add(lock).add(epoch));
    if (unlockedRun != NONE) {
      root.put("unlockedRun", unlockedRun);
    }
  }

  /**
   * Returns a copy in which runs from a number on, and rows added under a lock, have no epoch yet.
   */
  AdoptedEpochs begin(int firstRun, long lock) {
    NavigableMap<Long, Long> locks = new TreeMap<>(byLock);
    if (locks.isEmpty() || ofLock(lock) != NOT_YET) {
      locks.put(lock, NOT_YET);
    }
    return new AdoptedEpochs(byFirstRun, locks, unlockedRun == NONE ? firstRun : unlockedRun);
  }

  /**
   * Returns a copy that gives the epoch of a new lock on the store to everything that had no epoch.
   */
  AdoptedEpochs adopt(long epoch, long lock) {
    NavigableMap<Integer, Long> runs = new TreeMap<>(byFirstRun);
    if (unlockedRun != NONE) {
      runs.put(unlockedRun, epoch);
    }
    NavigableMap<Long, Long> locks = new TreeMap<>(byLock);
    locks.putIfAbsent(lock, epoch);
    locks.replaceAll((each, known) -> known == NOT_YET ? epoch : known);
    trim(runs);
    trim(locks);
    return new AdoptedEpochs(runs, locks, NONE);
  }

  private static void trim(NavigableMap<?, Long> epochs) {
    while (epochs.size() > MOST_KEPT) {
      epochs.pollFirstEntry();
    }
  }

  /**
   * Returns the epoch given to a run that began without one; 0 when it has none yet, or when the
   * run is not known.
   */
  long ofRun(int run) {
    return unlockedRun != NONE && run >= unlockedRun ? NOT_YET : value(byFirstRun.floorEntry(run));
  }

  /**
   * Returns the epoch of rows added under a lock of the spool; 0 when there is none, or when the
   * lock is not known.
   */
  long ofLock(long lock) {
    return value(byLock.floorEntry(lock));
  }

  private static long value(Map.@Nullable Entry<?, Long> entry) {
    return entry == null ? NOT_YET : entry.getValue();
  }

  /** Returns the first lock of the spool that has the epoch of a segment, if one is known. */
  OptionalLong lockOf(SegmentRow row) {
    long epoch = row.epoch() > 0 ? row.epoch() : ofRun(row.runNumber());
    return byLock.entrySet().stream()
        .filter(each -> each.getValue() == epoch)
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  /** Returns the fences of the asset as they apply to the spool. */
  Fences applyTo(Fences published) {
    NavigableMap<Integer, Long> runs = new TreeMap<>(byFirstRun);
    if (unlockedRun != NONE) {
      runs.put(unlockedRun, NOT_YET);
    }
    return published.ofSpool(runs, byLock);
  }
}
