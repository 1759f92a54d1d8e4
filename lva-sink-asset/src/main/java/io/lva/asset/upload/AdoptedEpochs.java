package io.lva.asset.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.format.Fences;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The epochs that the recordings of a spool have in the asset they are published to, by the spool's
 * own locks, and those of the runs that began while the store was away. Both get the epoch of the
 * lock on the store that follows.
 *
 * <p>Confined to its owner.
 */
final class AdoptedEpochs {
  private static final int NONE = -1;
  private static final int MOST_KEPT = 256;
  private static final long NOT_YET = 0;

  private final NavigableMap<Integer, Long> byFirstRun = new TreeMap<>();
  private final NavigableMap<Long, Long> byLock = new TreeMap<>();
  private int unlockedRun = NONE;

  /** Reads what {@link #putInto} wrote; a missing field stands for no epochs. */
  static AdoptedEpochs parse(JsonNode root) {
    AdoptedEpochs epochs = new AdoptedEpochs();
    for (JsonNode each : root.path("adopted")) {
      epochs.byFirstRun.put(each.path(0).asInt(), each.path(1).asLong());
    }
    for (JsonNode each : root.path("locks")) {
      epochs.byLock.put(each.path(0).asLong(), each.path(1).asLong());
    }
    epochs.unlockedRun = root.path("unlockedRun").asInt(NONE);
    return epochs;
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

  /** Notes that runs from a number on, and what a lock of the spool adds, have no epoch yet. */
  void begin(int firstRun, long lock) {
    if (unlockedRun == NONE) {
      unlockedRun = firstRun;
    }
    byLock.put(lock, NOT_YET);
  }

  /** Gives the epoch of a new lock on the store to what has none, whatever locks follow. */
  void adopt(long epoch, long lock) {
    if (unlockedRun != NONE) {
      byFirstRun.put(unlockedRun, epoch);
      unlockedRun = NONE;
    }
    byLock.putIfAbsent(lock, epoch);
    byLock.replaceAll((each, known) -> known == NOT_YET ? epoch : known);
    trim(byFirstRun);
    trim(byLock);
  }

  private static void trim(NavigableMap<?, Long> epochs) {
    while (epochs.size() > MOST_KEPT) {
      epochs.pollFirstEntry();
    }
  }

  /** Returns the epoch that a run without one got. */
  Optional<Long> of(int run) {
    return Optional.ofNullable(byFirstRun.floorEntry(run)).map(Map.Entry::getValue);
  }

  /** Returns the epoch of what a lock of the spool added; 0 when it has none, or is not known. */
  long ofLock(long lock) {
    Map.Entry<Long, Long> found = byLock.floorEntry(lock);
    return found == null ? NOT_YET : found.getValue();
  }

  /** Returns how the fences of the asset hold for the spool. */
  Fences applyTo(Fences published) {
    NavigableMap<Integer, Long> runs = new TreeMap<>(byFirstRun);
    if (unlockedRun != NONE) {
      runs.put(unlockedRun, NOT_YET);
    }
    return published.ofSpool(runs, byLock);
  }
}
