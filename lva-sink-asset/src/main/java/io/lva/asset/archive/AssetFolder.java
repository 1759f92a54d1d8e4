package io.lva.asset.archive;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.asset.format.AssetFormatException;
import io.lva.asset.format.AssetLayout;
import io.lva.asset.format.Fences;
import io.lva.asset.index.IndexRow;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentName;
import io.lva.asset.store.AssetInUseException;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoredDocument;
import io.lva.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An asset on a disk, open for writing by this process alone.
 *
 * <p>Opening takes the lock, describes the folder in {@code asset.json}, and recovers what an
 * earlier process left in the newest files. {@link #checkRest} looks at all the other files.
 *
 * <p>Thread-safe.
 */
public final class AssetFolder implements AutoCloseable {
  private final DiskAssetStore store;
  private final String folder;
  private final String name;
  private final AssetWriter writer;
  private final AssetOpening opening;
  private final AssetIndex index;

  @GuardedBy("this")
  private final Set<String> hourFolders = new HashSet<>();

  @GuardedBy("this")
  private final Set<String> openParts = new HashSet<>();

  private final AssetRecovery recovery;
  private final boolean made;
  private volatile AssetRecovery.Report recovered;
  private volatile boolean checkAbandoned;

  private AssetFolder(
      DiskAssetStore store, String name, AssetWriter writer, boolean fenced, Clock clock)
      throws IOException {
    this.store = store;
    this.name = name;
    this.folder = AssetLayout.folderName(name);
    this.writer = writer;
    this.opening = new AssetOpening(store, writer, name);
    this.made = opening.describe(clock);
    Fences fences = IndexFiles.fences(store, folder);
    this.index = new AssetIndex(store, folder, writer, clock, fences);
    // What a recording left in a spool counts if that recording does: it is of the lock before.
    long epoch = fenced ? writer.epoch() : writer.epoch() - 1;
    this.recovery = new AssetRecovery(store, folder, writer, index, fences, epoch);
    this.recovered = fenced ? recovery.recoverNewest() : recovery.recoverRows();
    if (fenced && recovered.lastEnd().isPresent()) {
      recovered.writeFence(store, folder, writer, fences);
    }
  }

  /**
   * Opens an asset for writing.
   *
   * @param store where the asset is
   * @param name name of the asset, which is created if it does not exist
   * @param clock tells when a new asset is created
   * @return the asset, locked and recovered
   * @throws AssetInUseException when somebody else writes it
   * @throws AssetFormatException when the folder is not this asset, or when its description is
   *     damaged or was written by a later version of the format
   * @throws IOException when the disk fails
   * @throws IllegalArgumentException when the name is empty, too long or not Unicode
   */
  public static AssetFolder open(DiskAssetStore store, String name, Clock clock)
      throws IOException {
    return open(store, name, true, clock);
  }

  /**
   * Opens the spool of an asset that is published to another store. The epochs of its files are
   * those of the locks on that store. That media is missing after the end of the recording is noted
   * only by {@link #settle}, because another recorder may have gone on since.
   *
   * @param store the store of the spool
   * @param name name of the asset
   * @param clock tells when a new spool is created
   * @return the spool, locked and recovered
   * @throws IOException as for {@link #open}
   * @throws IllegalArgumentException as for {@link #open}
   */
  public static AssetFolder openSpool(DiskAssetStore store, String name, Clock clock)
      throws IOException {
    return open(store, name, false, clock);
  }

  /**
   * Notes that media is missing after the end of a spool, because nobody has recorded since.
   *
   * @throws IOException when the disk fails; the call may then be repeated
   */
  public void settle() throws IOException {
    synchronized (recovery) {
      recovered = recovery.recoverNewest();
    }
  }

  private static AssetFolder open(DiskAssetStore store, String name, boolean fenced, Clock clock)
      throws IOException {
    AssetWriter writer = store.lock(AssetLayout.folderName(name), name, "");
    AssetFolder opened = null;
    try {
      opened = new AssetFolder(store, name, writer, fenced, clock);
      return opened;
    } finally {
      if (opened == null) {
        writer.close();
      }
    }
  }

  /**
   * Returns the name of the asset.
   *
   * @return the name that was given to {@link #open}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the right to write this asset.
   *
   * @return the right, held until this asset is closed
   */
  public AssetWriter writer() {
    return writer;
  }

  /**
   * Returns a view for reading this asset.
   *
   * @return a view of the same folder
   */
  public AssetView view() {
    return new AssetView(store, folder);
  }

  /**
   * Reads a small file of the asset.
   *
   * @param assetPath relative to the folder
   * @param largestBytes the largest size that is accepted
   * @return the file, with its version; {@link StoredDocument#ABSENT} when there is none
   * @throws IOException when the disk fails, or the file is larger
   * @throws IllegalArgumentException when the path leads out of the store
   */
  public StoredDocument read(String assetPath, int largestBytes) throws IOException {
    return store.read(folder + '/' + assetPath, largestBytes);
  }

  /**
   * Returns the epoch of the lock that this asset holds.
   *
   * @return 1 or more
   */
  public long epoch() {
    return writer.epoch();
  }

  /**
   * Returns the folder.
   *
   * @return an absolute path
   */
  public Path root() {
    return store.path(folder);
  }

  /**
   * Returns the access to files.
   *
   * @return the file operations of the store
   */
  public FileOps files() {
    return store.files();
  }

  /**
   * Returns what was found when the asset was opened, or by {@link #settle} since.
   *
   * @return the report, which says where recording continues
   */
  public AssetRecovery.Report recovered() {
    return recovered;
  }

  /**
   * Returns the index.
   *
   * @return the index, open while this asset is
   */
  public AssetIndex index() {
    return index;
  }

  /**
   * Returns where a file or folder of the asset is.
   *
   * @param assetPath relative to the folder, as {@link AssetLayout} makes it
   * @return an absolute path in the folder
   * @throws IllegalArgumentException when the path leads out of the store
   */
  public Path path(String assetPath) {
    return store.path(folder + '/' + assetPath);
  }

  /**
   * Begins a segment: makes its folder durable, and restores the lock if somebody removed it.
   *
   * @param start UTC of its first sample
   * @param run its run
   * @param sequence its place in the run
   * @return the file to write, which does not exist yet
   * @throws AssetInUseException when somebody else has taken the lock since it was removed
   * @throws IOException when the disk fails
   */
  public synchronized Path beginSegment(Instant start, RunId run, int sequence) throws IOException {
    if (writer.held()) { // a cache that was given up takes the rest; the next recording finds it
      writer.confirm();
    }
    String hour = SegmentName.hourFolder(start);
    if (!hourFolders.contains(hour)) {
      store.makeFolders(folder + '/' + hour);
      for (int end = hour.lastIndexOf('/'); end > 0; end = hour.lastIndexOf('/', end - 1)) {
        store.files().syncDirectory(path(hour.substring(0, end)));
      }
      store.files().syncDirectory(root());
      hourFolders.clear();
      hourFolders.add(hour);
    }
    String part = SegmentName.partPath(start, run, sequence);
    openParts.add(part);
    return path(part);
  }

  /**
   * Completes a segment by durably giving the file its final name. The caller must force and close
   * the file before this call, and append its row after it.
   *
   * @param part as {@link #beginSegment} returned it
   * @return false when neither the part nor the complete file exists, because somebody removed it
   * @throws IOException when the disk fails; the call may then be repeated
   * @throws IllegalArgumentException when the path is not one that {@link #beginSegment} returns
   */
  public synchronized boolean publish(Path part) throws IOException {
    String assetPath = assetPath(part);
    Path complete =
        path(assetPath.substring(0, assetPath.length() - SegmentName.PART_SUFFIX.length()));
    if (store.files().size(part).isPresent()) {
      store.files().rename(part, complete);
    } else if (store.files().size(complete).isEmpty()) {
      openParts.remove(assetPath);
      return false;
    }
    store.files().syncDirectory(path(assetPath.substring(0, assetPath.lastIndexOf('/'))));
    openParts.remove(assetPath);
    return true;
  }

  /**
   * Undoes {@link #beginSegment} because the file could not be created. Its folder may have been
   * removed or replaced, so the next segment creates it again.
   *
   * @param part as {@link #beginSegment} returned it
   * @throws IllegalArgumentException when the path is not one that {@link #beginSegment} returns
   */
  public synchronized void notBegun(Path part) {
    hourFolders.clear();
    openParts.remove(assetPath(part));
  }

  /**
   * Discards a segment that holds nothing.
   *
   * @param part as {@link #beginSegment} returned it; the file must be closed
   * @throws IOException when the disk fails
   * @throws IllegalArgumentException when the path is not one that {@link #beginSegment} returns
   */
  public synchronized void discard(Path part) throws IOException {
    store.files().delete(part);
    openParts.remove(assetPath(part));
  }

  private String assetPath(Path part) {
    String assetPath = root().relativize(part).toString().replace('\\', '/');
    if (SegmentName.parse(assetPath).filter(SegmentName::part).isEmpty()) {
      throw new IllegalArgumentException("not a segment that is written: " + part);
    }
    return assetPath;
  }

  synchronized boolean isOpen(String assetPath) {
    return openParts.contains(assetPath);
  }

  /**
   * Compares all files with the index and completes what is missing. This lists every hour folder,
   * so it belongs on a housekeeping thread.
   *
   * @return the number of rows that were added
   * @throws IOException when the disk fails
   */
  public int checkRest() throws IOException {
    synchronized (recovery) {
      return recovery.recoverRest(this::isOpen, () -> checkAbandoned);
    }
  }

  /**
   * Completes what is left of a segment that somebody changed while it was being written. Call this
   * on the housekeeping thread. It does not wait for a running {@link #checkRest}, which leaves the
   * segment alone until this call has completed it.
   *
   * @param name name of the complete segment, relative to the folder; its file must be closed
   * @return the rows of what is left, in order; the caller appends them to the index
   * @throws IOException when the disk fails; the call may then be repeated
   */
  public List<IndexRow> recover(String name) throws IOException {
    String part = name + SegmentName.PART_SUFFIX;
    List<IndexRow> rows = recovery.recoverPart(part);
    synchronized (this) {
      openParts.remove(part);
    }
    return rows;
  }

  /**
   * Ends {@link #checkRest}, and the check in {@link #putInOrder}, after the hour that is being
   * looked at. Checks that start later end at once.
   */
  public void abandonCheck() {
    checkAbandoned = true;
  }

  /**
   * Repairs what somebody changed while the asset was being written: writes its description again,
   * completes the index from the files, and records media whose files are gone as gaps. Like {@link
   * #checkRest}, it belongs on a housekeeping thread.
   *
   * @return the number of rows that were added
   * @throws AssetInUseException when somebody else has taken the lock since it was removed
   * @throws IOException when the disk fails, or this asset is closed
   */
  public int putInOrder() throws IOException {
    writer.confirm();
    opening.describeAgain();
    synchronized (recovery) {
      return recovery.recoverRest(this::isOpen, () -> checkAbandoned) + recovery.bookLost();
    }
  }

  /**
   * Returns how much can still be written to the disk.
   *
   * @return bytes
   * @throws IOException when it cannot be determined
   */
  public long usableSpaceBytes() throws IOException {
    return store.files().usableSpaceBytes(root());
  }

  /**
   * Closes the index and releases the lock. It may be called more than once. An asset that was
   * created by {@link #open} and has no media is deleted.
   *
   * @throws IOException when the disk fails; the lock is released nevertheless
   */
  @Override
  public void close() throws IOException {
    if (writer.held()) {
      try {
        index.close();
        if (!isEmpty()) {
          writer.confirm();
          opening.describeAgain();
        } else if (made) {
          writer.delete(AssetLayout.ASSET_JSON);
          writer.closeAndRemove();
        }
      } finally {
        writer.close();
      }
    }
  }

  private boolean isEmpty() throws IOException {
    return store.list(folder).stream()
        .allMatch(
            entry ->
                entry.name().equals(AssetLayout.ASSET_JSON)
                    || entry.name().equals(AssetLayout.EPOCH)
                    || entry.name().equals(AssetLayout.LOCK));
  }
}
