package io.lva.asset.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The epochs of runs that began while the store was away: those of the locks that followed.
 *
 * <p>Confined to its owner.
 */
final class AdoptedEpochs {
  private static final int NONE = -1;
  private static final int MOST_ADOPTIONS = 256;

  private final NavigableMap<Integer, Long> byFirstRun = new TreeMap<>();
  private int unlockedRun = NONE;

  /** Reads what {@link #putInto} wrote; a missing field stands for no epochs. */
  static AdoptedEpochs parse(JsonNode root) {
    AdoptedEpochs epochs = new AdoptedEpochs();
    for (JsonNode each : root.path("adopted")) {
      epochs.byFirstRun.put(each.path(0).asInt(), each.path(1).asLong());
    }
    epochs.unlockedRun = root.path("unlockedRun").asInt(NONE);
    return epochs;
  }

  void putInto(ObjectNode root) {
    ArrayNode pairs = root.putArray("adopted");
    byFirstRun.forEach((run, epoch) -> pairs.addArray().add(run).add(epoch));
    if (unlockedRun != NONE) {
      root.put("unlockedRun", unlockedRun);
    }
  }

  /** Notes that runs from a number on begin without a lock; returns false when some did before. */
  boolean begin(int firstRun) {
    boolean first = unlockedRun == NONE;
    if (first) {
      unlockedRun = firstRun;
    }
    return first;
  }

  /** Gives the epoch of a new lock to the runs that began without one, whatever locks follow. */
  void adopt(long epoch) {
    if (unlockedRun != NONE) {
      byFirstRun.put(unlockedRun, epoch);
      unlockedRun = NONE;
      while (byFirstRun.size() > MOST_ADOPTIONS) {
        byFirstRun.pollFirstEntry();
      }
    }
  }

  /** Returns the epoch that a run without one got. */
  Optional<Long> of(int run) {
    return Optional.ofNullable(byFirstRun.floorEntry(run)).map(Map.Entry::getValue);
  }

  /** Returns the epochs by the first of their runs; 0 for those that wait for a lock. */
  NavigableMap<Integer, Long> byFirstRun() {
    NavigableMap<Integer, Long> all = new TreeMap<>(byFirstRun);
    if (unlockedRun != NONE) {
      all.put(unlockedRun, 0L);
    }
    return all;
  }
}
