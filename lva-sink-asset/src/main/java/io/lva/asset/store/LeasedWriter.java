package io.lva.asset.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.LockDocument;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Writes an asset of an {@link ObjectAssetStore} while its lease is renewed.
 *
 * <p>Thread-safe.
 */
final class LeasedWriter implements AssetWriter {
  private static final System.Logger LOGGER = System.getLogger(LeasedWriter.class.getName());

  private final ObjectAssetStore store;
  private final String folder;
  private final long epoch;
  private final boolean resumed;
  private final ScheduledFuture<?> renewal;

  @GuardedBy("this")
  private LockDocument document;

  @GuardedBy("this")
  private Version version;

  private volatile long renewedNanos;
  private volatile boolean lost;

  LeasedWriter(
      ObjectAssetStore store,
      String folder,
      LockDocument document,
      boolean resumed,
      Version version,
      long renewedNanos) {
    this.store = store;
    this.folder = folder;
    this.epoch = document.epoch();
    this.resumed = resumed;
    this.document = document;
    this.version = version;
    this.renewedNanos = renewedNanos;
    long third = store.lease().toNanos() / 3;
    this.renewal =
        store.renewals().scheduleWithFixedDelay(this::tryRenew, third, third, TimeUnit.NANOSECONDS);
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean resumed() {
    return resumed;
  }

  @Override
  public synchronized void settle() throws IOException {
    check();
    if (!document.isSettledBy(document.owner())) {
      replaceLock(document.settled());
      failIfLost();
    }
  }

  @Override
  public boolean held() {
    return !lost && store.clock().nanoTime() - renewedNanos < store.lease().toNanos();
  }

  private void tryRenew() {
    try {
      renew();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "lock of " + folder + " was not renewed", e);
    }
  }

  /** Renews the lease; an expired lease becomes valid again if nobody has taken the lock. */
  private synchronized void renew() throws IOException {
    if (lost) {
      return;
    }
    long now = store.clock().nanoTime();
    LockDocument renewed = document.renewed(store.clock().utcNanos());
    replaceLock(renewed);
    if (!lost) {
      renewedNanos = now;
    }
  }

  @GuardedBy("this")
  private void replaceLock(LockDocument next) throws IOException {
    String name = folder + '/' + AssetLayout.LOCK;
    ByteBuffer content = ByteBuffer.wrap(next.toJson());
    Optional<Version> replaced = store.replaceIf(name, content.duplicate(), version);
    if (replaced.isEmpty()) {
      // It is still ours where only the answer to an earlier renewal was lost.
      StoredDocument found = store.read(name, LockDocument.LARGEST_BYTES);
      if (found.exists() && LockDocument.parse(found.content()).epoch() == epoch) {
        replaced = store.replaceIf(name, content, found.version());
      }
    }
    if (replaced.isPresent()) {
      document = next;
      version = replaced.get();
    } else {
      lost = true;
      renewal.cancel(false);
    }
  }

  private void check() throws IOException {
    if (!held()) {
      renew();
    }
    failIfLost();
  }

  /**
   * Checks the lock after a condition did not hold, because another writer may have taken it over.
   */
  private void checkLock() throws IOException {
    renew();
    failIfLost();
  }

  private void failIfLost() throws LockLostException {
    if (lost) {
      throw new LockLostException(folder, epoch);
    }
  }

  private String name(String name) {
    return folder + '/' + name;
  }

  @Override
  public boolean put(String name, ByteSource content) throws IOException {
    check();
    return store.putIfAbsent(name(name), content);
  }

  @Override
  public Optional<Version> replace(String name, ByteBuffer content, Version expected)
      throws IOException {
    check();
    Optional<Version> replaced = store.replaceIf(name(name), content, expected);
    if (replaced.isEmpty()) {
      checkLock();
    }
    return replaced;
  }

  @Override
  public boolean append(String name, ByteBuffer content, long expectedSize) throws IOException {
    check();
    boolean appended = store.appendIf(name(name), content, expectedSize);
    if (!appended) {
      checkLock();
    }
    return appended;
  }

  @Override
  public void delete(String name) throws IOException {
    check();
    store.remove(name(name));
  }

  /** The lock document stays, so that epochs keep rising if the asset is created again. */
  @Override
  public void closeAndRemove() throws IOException {
    close();
  }

  @Override
  public synchronized void close() throws IOException {
    if (!lost) {
      renewal.cancel(false);
      try {
        replaceLock(document.released());
      } finally {
        lost = true;
      }
    }
  }
}
