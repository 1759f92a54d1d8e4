package io.lva.asset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lva.asset.index.SegmentRow;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which media of superseded epochs counts: the content of {@code index/epochs.json}.
 *
 * <p>A writer that takes over from another one notes the newest segment it finds. Whatever the old
 * writer adds after that segment, however late its bytes arrive, is beyond the fence and is
 * ignored.
 *
 * <p>Immutable.
 */
public final class Fences {
  /** The largest document that is read, in bytes. */
  public static final int LARGEST_BYTES = 1 << 20;

  /** Older fences are dropped: their writers ended at least that many takeovers ago. */
  private static final int MAXIMUM_FENCES = 1000;

  private static final Fences NONE = new Fences(List.of(), null);

  /** The run of a fence before which nothing was recorded. */
  private static final int NO_RUN = -1;

  private final List<Fence> fences;

  /** Maps the runs and locks of a spool to epochs; null for any other asset. */
  private final @Nullable Spool spool;

  /**
   * The epochs of the asset that a spool is published to. Immutable.
   *
   * @param byFirstRun epochs of the runs that began without one, by the first run with each epoch
   * @param byLock epochs of the recordings, by the first lock of the spool with each epoch
   */
  private record Spool(NavigableMap<Integer, Long> byFirstRun, NavigableMap<Long, Long> byLock) {
    /** Returns the epoch of a run; 0 when it has none yet. */
    long ofRun(int runNumber) {
      return value(byFirstRun.floorEntry(runNumber));
    }

    /**
     * Returns the epoch of a recording; 0 when it has none yet, or when the recording is not known.
     */
    long ofLock(long lock) {
      return value(byLock.floorEntry(lock));
    }

    private static long value(Map.@Nullable Entry<?, Long> entry) {
      return entry == null ? 0 : entry.getValue();
    }
  }

  /**
   * The newest segment before an epoch. Immutable.
   *
   * @param epoch the epoch that begins here
   * @param runNumber run of the newest segment of all earlier epochs; -1 when there was no segment
   * @param sequence its place in the run
   * @param lastDay the newest day that had an index when the epoch began
   */
  public record Fence(long epoch, int runNumber, int sequence, LocalDate lastDay) {
    /**
     * Creates a fence.
     *
     * @param epoch the epoch that begins here
     * @param runNumber run of the newest segment; -1 when there was no segment
     * @param sequence its place in the run
     * @param lastDay the newest day that had an index when the epoch began
     */
    public Fence {}

    /**
     * Returns the fence of an asset to which nothing has been recorded yet.
     *
     * @param epoch the epoch that begins here
     * @param lastDay the newest day that has an index now
     * @return a fence by which no segment of an earlier epoch counts
     */
    public static Fence beforeAll(long epoch, LocalDate lastDay) {
      return new Fence(epoch, NO_RUN, 0, lastDay);
    }

    private boolean isBefore(int otherRun, int otherSequence) {
      return runNumber < otherRun || (runNumber == otherRun && sequence < otherSequence);
    }
  }

  private Fences(List<Fence> fences, @Nullable Spool spool) {
    this.fences = List.copyOf(fences);
    this.spool = spool;
  }

  /**
   * Returns the fences of an asset that has had only one writer.
   *
   * @return fences by which nothing is ignored
   */
  public static Fences none() {
    return NONE;
  }

  /**
   * Adds the fence of a new epoch. Fences with nothing recorded between them become one.
   *
   * @param fence of a higher epoch than all others
   * @return the old fences and this one
   */
  public Fences with(Fence fence) {
    List<Fence> all = new ArrayList<>(fences);
    if (!all.isEmpty()) {
      Fence last = all.get(all.size() - 1);
      if (last.runNumber() == fence.runNumber() && last.sequence() == fence.sequence()) {
        // Whoever wrote between the two wrote nothing that counts, and nothing of it may count now.
        all.remove(all.size() - 1);
      }
    }
    all.add(fence);
    return new Fences(all.subList(Math.max(0, all.size() - MAXIMUM_FENCES), all.size()), null);
  }

  /**
   * Returns these fences as they apply to a spool that is published to the asset. The segments of a
   * spool have epochs of the asset, or get them later; its other rows have the epochs of the
   * spool's own locks.
   *
   * <p>Gaps and tombstones of a superseded recording do not count in the spool: those that do count
   * are in the asset.
   *
   * @param byFirstRun epochs of runs that began under no lock, by the first run number with each
   *     epoch; an epoch is 0 when it is not known yet
   * @param byLock epochs of recordings, by the first lock of the spool with each epoch; an epoch is
   *     0 when it is not known yet
   * @return the fences
   */
  public Fences ofSpool(NavigableMap<Integer, Long> byFirstRun, NavigableMap<Long, Long> byLock) {
    return fences.isEmpty()
        ? this
        : new Fences(fences, new Spool(new TreeMap<>(byFirstRun), new TreeMap<>(byLock)));
  }

  /**
   * Returns whether a segment counts.
   *
   * @param row as its file has it
   * @return false when its epoch had been superseded before the segment appeared
   */
  public boolean accepts(SegmentRow row) {
    return accepts(row.epoch(), row.runNumber(), row.sequence());
  }

  /**
   * Returns whether a segment counts.
   *
   * @param epoch the epoch under which it was written; 0 when it was written under no lock
   * @param runNumber its run
   * @param sequence its place in the run
   * @return false when its epoch had been superseded before the segment appeared
   */
  public boolean accepts(long epoch, int runNumber, int sequence) {
    long known = epoch == 0 && spool != null ? spool.ofRun(runNumber) : epoch;
    return known == 0
        || next(known).map(fence -> !fence.isBefore(runNumber, sequence)).orElse(true);
  }

  /**
   * Returns whether a gap or a tombstone counts.
   *
   * @param epoch the epoch under which the row was written
   * @param day the day of the index file that holds the row
   * @return false when the index of that day was begun after the epoch was superseded; in a spool,
   *     false when the recording that wrote the row was superseded
   */
  public boolean accepts(long epoch, LocalDate day) {
    if (spool != null) {
      return !isSuperseded(spool.ofLock(epoch));
    }
    return next(epoch).map(fence -> !fence.lastDay().isBefore(day)).orElse(true);
  }

  /**
   * Returns whether another writer has taken over from an epoch.
   *
   * @param epoch of a lock; 0 for none
   * @return true when there is a fence above it
   */
  public boolean isSuperseded(long epoch) {
    return epoch != 0 && next(epoch).isPresent();
  }

  /**
   * Returns whether the epochs of segments and of other rows come from the same locks. In a spool
   * they do not. Also returns false while there are no fences: nobody was superseded, and the asset
   * may be a spool.
   */
  boolean areOfOneAsset() {
    return spool == null && !fences.isEmpty();
  }

  private Optional<Fence> next(long epoch) {
    return fences.stream().filter(fence -> fence.epoch() > epoch).findFirst();
  }

  /**
   * Reads the document.
   *
   * @param content JSON in UTF-8
   * @return its fences
   * @throws AssetFormatException when it is not such a document; {@link LaterFormatException} when
   *     a later version of the format wrote it
   */
  public static Fences parse(byte[] content) throws AssetFormatException {
    ObjectNode root = AssetJson.parse(content, AssetLayout.EPOCHS);
    if (AssetJson.number(root, "format", 1, Integer.MAX_VALUE) > OriginBox.FORMAT) {
      throw new LaterFormatException("written by a later version of the asset format");
    }
    JsonNode list = root.get("fences");
    if (list == null || !list.isArray() || list.size() > MAXIMUM_FENCES) {
      throw new AssetFormatException("'fences' is not a list of at most " + MAXIMUM_FENCES);
    }
    List<Fence> fences = new ArrayList<>();
    for (JsonNode fence : list) {
      fences.add(
          new Fence(
              AssetJson.number(fence, "epoch", 1, OriginBox.HIGHEST_EPOCH),
              (int) AssetJson.number(fence, "runNumber", NO_RUN, OriginBox.HIGHEST_RUN_NUMBER),
              (int) AssetJson.number(fence, "sequence", 0, 999_999_999),
              day(AssetJson.text(fence, "lastDay"))));
    }
    return new Fences(fences, null);
  }

  private static LocalDate day(String text) throws AssetFormatException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new AssetFormatException("not a day: " + text, e);
    }
  }

  /**
   * Writes the document.
   *
   * @return JSON in UTF-8
   */
  public byte[] toJson() {
    ObjectNode root = AssetJson.object().put("format", OriginBox.FORMAT);
    ArrayNode list = root.putArray("fences");
    for (Fence fence : fences) {
      list.addObject()
          .put("epoch", fence.epoch())
          .put("runNumber", fence.runNumber())
          .put("sequence", fence.sequence())
          .put("lastDay", fence.lastDay().toString());
    }
    return AssetJson.bytes(root);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fences that
        && fences.equals(that.fences)
        && Objects.equals(spool, that.spool);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fences, spool);
  }
}
