package io.lva.asset.store;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.LockDocument;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A store of objects that knows only names and contents: it has neither folders nor leases.
 * Subclasses provide put-if-absent, conditional replacement and deletion; this class implements
 * locks with them.
 *
 * <p>A lock is the document {@code asset.lock} in the folder of the asset. Its holder replaces it
 * every third of the lease; anyone else who wants the lock must see the document unchanged for a
 * whole lease, measured on their own clock, so that clocks are never compared.
 *
 * <p>Thread-safe.
 */
public abstract class ObjectAssetStore implements AssetStore {
  /** The usual time for which a lock outlives its last renewal. */
  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);

  private final Clock clock;
  private final Duration lease;
  private final ScheduledThreadPoolExecutor renewals;
  private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

  /** The version of a lock that somebody else holds, and when it was first seen. */
  private record Sighting(Version version, long sinceNanos) {}

  /**
   * Creates a store.
   *
   * @param clock measures leases
   * @param lease how long a lock outlives its last renewal; at least 1 s, usually {@link
   *     #DEFAULT_LEASE}
   * @throws IllegalArgumentException when the lease is shorter than 1 s
   */
  protected ObjectAssetStore(Clock clock, Duration lease) {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a lease of " + lease + " is shorter than 1 s");
    }
    this.clock = clock;
    this.lease = lease;
    this.renewals = new ScheduledThreadPoolExecutor(1, ObjectAssetStore::daemon);
    renewals.setRemoveOnCancelPolicy(true);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lva-lease");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Stores a new object.
   *
   * @param name relative to the store
   * @param content read from 0 to its size
   * @return false when an object of that name exists, which stays as it is
   * @throws IOException when the store fails; the object is then stored whole or not at all
   */
  protected abstract boolean putIfAbsent(String name, ByteSource content) throws IOException;

  /**
   * Replaces an object if it is unchanged, or creates it.
   *
   * @param name relative to the store
   * @param content from its position to its limit
   * @param expected the version it must have; {@link Version#ABSENT} to create the object
   * @return the new version; empty when the object has another version, and is unchanged
   * @throws IOException when the store fails; the store then has either the old object or the new
   *     one
   */
  protected abstract Optional<Version> replaceIf(String name, ByteBuffer content, Version expected)
      throws IOException;

  /**
   * Deletes an object.
   *
   * @param name the name of the object, relative to the store; the object may be missing
   * @throws IOException when the store fails
   */
  protected abstract void remove(String name) throws IOException;

  /**
   * Appends to an object; for subclasses that have {@link StoreFeature#APPEND}.
   *
   * @param name relative to the store
   * @param content from its position to its limit
   * @param expectedSize size of the object before the call; 0 creates the object if it is missing
   * @return true when all was appended; false when the object has another size, and is unchanged
   * @throws UnsupportedOperationException when the store cannot append
   * @throws IOException when the store fails
   */
  protected boolean appendIf(String name, ByteBuffer content, long expectedSize)
      throws IOException {
    throw new UnsupportedOperationException("this store does not append");
  }

  @Override
  public AssetWriter lock(String folder, String asset, String owner) throws IOException {
    String name = folder + '/' + AssetLayout.LOCK;
    StoredDocument found = read(name, LockDocument.LARGEST_BYTES);
    LockDocument known = found.exists() ? LockDocument.parse(found.content()) : LockDocument.none();
    if (known.isHeld() && !known.owner().equals(owner) && !isAbandoned(folder, found.version())) {
      throw new AssetInUseException(asset, known.owner());
    }
    long takenNanos = clock.nanoTime();
    LockDocument mine = known.takenBy(owner, clock.utcNanos());
    Version version =
        replaceIf(name, ByteBuffer.wrap(mine.toJson()), found.version())
            .orElseThrow(() -> new AssetInUseException(asset, "a writer that was faster"));
    sightings.remove(folder);
    return new LeasedWriter(this, folder, mine, known.isSettledBy(owner), version, takenNanos);
  }

  private boolean isAbandoned(String folder, Version version) {
    long now = clock.nanoTime();
    Sighting first =
        sightings.compute(
            folder,
            (key, seen) ->
                seen == null || !seen.version().equals(version)
                    ? new Sighting(version, now)
                    : seen);
    return now - first.sinceNanos() >= lease.toNanos();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A lock counts as abandoned when, by the clocks of both hosts, it was last renewed more than
   * three leases ago.
   */
  @Override
  public boolean isLocked(String folder) throws IOException {
    StoredDocument found = read(folder + '/' + AssetLayout.LOCK, LockDocument.LARGEST_BYTES);
    if (!found.exists()) {
      return false;
    }
    LockDocument known = LockDocument.parse(found.content());
    long age = clock.utcNanos() - known.renewedNanos();
    return known.isHeld() && age < 3 * lease.toNanos();
  }

  /** Stops renewing all locks, which are then lost when their leases expire. */
  @Override
  public void close() throws IOException {
    renewals.shutdownNow();
  }

  Clock clock() {
    return clock;
  }

  Duration lease() {
    return lease;
  }

  ScheduledThreadPoolExecutor renewals() {
    return renewals;
  }
}
