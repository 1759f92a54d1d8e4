package io.lva.asset.disk;

import io.lva.asset.format.AssetLayout;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.LockLostException;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes an asset on a disk while the lock on its file is held.
 *
 * <p>Thread-safe.
 */
final class DiskWriter implements AssetWriter {
  private final DiskAssetStore store;
  private final String folder;
  private final long epoch;
  private final FileOps.Lock lock;
  private volatile boolean open = true;

  DiskWriter(DiskAssetStore store, String folder, long epoch, FileOps.Lock lock) {
    this.store = store;
    this.folder = folder;
    this.epoch = epoch;
    this.lock = lock;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean held() {
    return open;
  }

  private String path(String name) throws LockLostException {
    if (!open) {
      throw new LockLostException(folder, epoch);
    }
    return folder + '/' + name;
  }

  @Override
  public synchronized void confirm() throws IOException {
    store.makeFolders(path(""));
    if (!lock.renew()) {
      throw new AssetInUseException(
          folder, "another recording process, since its lock was removed");
    }
    store.keepEpoch(folder, epoch);
  }

  @Override
  public synchronized boolean put(String name, ByteSource content) throws IOException {
    return store.put(path(name), content);
  }

  @Override
  public synchronized Optional<Version> replace(String name, ByteBuffer content, Version expected)
      throws IOException {
    return store.replace(path(name), content, expected);
  }

  @Override
  public synchronized boolean append(String name, ByteBuffer content, long expectedSize)
      throws IOException {
    return store.append(path(name), content, expectedSize);
  }

  @Override
  public synchronized void rename(String name, long sizeBytes, String newName) throws IOException {
    store.rename(path(name), sizeBytes, path(newName));
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    store.delete(path(name));
  }

  @Override
  public synchronized void closeAndRemove() throws IOException {
    delete(AssetLayout.EPOCH);
    delete(AssetLayout.LOCK);
    close();
    store.delete(folder);
  }

  @Override
  public synchronized void close() throws IOException {
    if (open) {
      open = false;
      lock.close();
    }
  }
}
