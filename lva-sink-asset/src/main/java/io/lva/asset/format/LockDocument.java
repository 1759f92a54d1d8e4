package io.lva.asset.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The lock of an asset in a store of objects: the content of {@code asset.lock} there.
 *
 * <p>Immutable.
 *
 * @param epoch how often the asset was locked
 * @param owner who holds or held the lock
 * @param renewals how often the lock of this epoch was renewed
 * @param renewedNanos UTC of the last renewal by the owner's clock, in nanoseconds since the Unix
 *     epoch; only for display and estimates
 * @param isHeld false after the lock was released
 * @param settledBy the recorder that has put in order what others left; empty when the last
 *     recorder to take the lock has not done so yet
 */
public record LockDocument(
    long epoch, String owner, long renewals, long renewedNanos, boolean isHeld, String settledBy) {
  /** Owner of a lock that is held to repair an asset. */
  public static final String REPAIR = "repair";

  /** Owner of a lock that is held to delete an asset. */
  public static final String DELETION = "deletion";

  /** The largest document that is read, in bytes. */
  public static final int LARGEST_BYTES = 4096;

  private static final int LONGEST_OWNER = 256;

  /**
   * Owners that record nothing. A recorder continues after them as if they had never held the lock.
   */
  private static final Set<String> UPKEEP = Set.of(REPAIR, DELETION);

  /**
   * Checks the length of the owner.
   *
   * @param epoch 0 or more
   * @param owner at most 256 characters
   * @param renewals 0 or more
   * @param renewedNanos see above
   * @param isHeld see above
   * @param settledBy see above
   * @throws IllegalArgumentException when the owner is too long
   */
  public LockDocument {
    if (owner.length() > LONGEST_OWNER) {
      throw new IllegalArgumentException("an owner of " + owner.length() + " characters");
    }
  }

  /**
   * Returns the state of an asset that was never locked.
   *
   * @return epoch 0, not held
   */
  public static LockDocument none() {
    return new LockDocument(0, "", 0, 0, false, "");
  }

  /**
   * Returns the document of the next epoch.
   *
   * @param nextOwner who takes the lock
   * @param utcNanos the present time
   * @return the document, held and one epoch later; it stays settled only when the taker is the
   *     recorder that settled it, a repair or a deletion
   * @throws IllegalArgumentException when the owner has more than 256 characters
   */
  public LockDocument takenBy(String nextOwner, long utcNanos) {
    boolean goesOn = nextOwner.equals(settledBy) || UPKEEP.contains(nextOwner);
    return new LockDocument(epoch + 1, nextOwner, 0, utcNanos, true, goesOn ? settledBy : "");
  }

  /**
   * Returns whether an owner was the last recorder of the asset, and had put in order what others
   * left before it.
   *
   * @param asking any owner
   * @return false when that owner must put the asset in order, perhaps again
   */
  public boolean isSettledBy(String asking) {
    return !asking.isEmpty() && settledBy.equals(asking);
  }

  /**
   * Returns the document as it is once this owner has put in order what others left.
   *
   * @return the document of the same epoch
   */
  public LockDocument settled() {
    return new LockDocument(epoch, owner, renewals, renewedNanos, isHeld, owner);
  }

  /**
   * Returns the document as it is after one more renewal.
   *
   * @param utcNanos the present time
   * @return the document, held and of the same epoch
   */
  public LockDocument renewed(long utcNanos) {
    return new LockDocument(epoch, owner, renewals + 1, utcNanos, true, settledBy);
  }

  /**
   * Returns the document as it is after the lock is released.
   *
   * @return the document, not held and of the same epoch
   */
  public LockDocument released() {
    return new LockDocument(epoch, owner, renewals, renewedNanos, false, settledBy);
  }

  /**
   * Reads a document.
   *
   * @param content JSON in UTF-8
   * @return its values
   * @throws AssetFormatException when it is not a lock
   */
  public static LockDocument parse(byte[] content) throws AssetFormatException {
    ObjectNode root = AssetJson.parse(content, AssetLayout.LOCK);
    String owner = AssetJson.text(root, "owner");
    if (owner.length() > LONGEST_OWNER) {
      throw new AssetFormatException("'owner' has " + owner.length() + " characters");
    }
    return new LockDocument(
        AssetJson.number(root, "epoch", 0, OriginBox.HIGHEST_EPOCH),
        owner,
        AssetJson.number(root, "renewals", 0, Long.MAX_VALUE),
        Utc.nanos(AssetJson.instant(root, "renewed")),
        AssetJson.flag(root, "held"),
        root.has("settledBy") ? AssetJson.text(root, "settledBy") : owner); // older ones do not say
  }

  /**
   * Writes the document.
   *
   * @return JSON in UTF-8
   */
  public byte[] toJson() {
    return AssetJson.bytes(
        AssetJson.object()
            .put("epoch", epoch)
            .put("owner", owner)
            .put("renewals", renewals)
            .put("renewed", Utc.instant(renewedNanos).toString())
            .put("held", isHeld)
            .put("settledBy", settledBy));
  }
}
