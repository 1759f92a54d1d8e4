package io.lva.bench;

import io.lva.asset.disk.FileHandle;
import io.lva.asset.disk.FileOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of this machine, except that nothing is synced and no segments are written, so that
 * only the work of this library is measured.
 *
 * <p>Thread-safe.
 */
final class IndexOnlyFiles implements FileOps {
  private final FileOps disk = FileOps.disk();

  @Override
  public FileHandle create(Path file) throws IOException {
    return isSegment(file) ? new Segment() : new Unsynced(disk.create(file));
  }

  @Override
  public FileHandle openForAppend(Path file) throws IOException {
    return new Unsynced(disk.openForAppend(file));
  }

  @Override
  public FileHandle openForRead(Path file) throws IOException {
    return disk.openForRead(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    if (!isSegment(from)) {
      disk.rename(from, to);
    }
  }

  @Override
  public void syncDirectory(Path folder) {
    // left out
  }

  @Override
  public List<Entry> list(Path folder) throws IOException {
    return disk.list(folder);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void makeDirectories(Path folder) throws IOException {
    disk.makeDirectories(folder);
  }

  @Override
  public Optional<Long> size(Path file) throws IOException {
    // The recorder asks whether all that it wrote to the segment is still there.
    return isSegment(file) ? Optional.of(Long.MAX_VALUE) : disk.size(file);
  }

  @Override
  public Optional<Object> identity(Path file) throws IOException {
    return isSegment(file) ? Optional.empty() : disk.identity(file);
  }

  @Override
  public long usableSpaceBytes(Path path) throws IOException {
    return disk.usableSpaceBytes(path);
  }

  @Override
  public boolean isLocked(Path file) throws IOException {
    return disk.isLocked(file);
  }

  @Override
  public Optional<Lock> tryLock(Path file) throws IOException {
    return disk.tryLock(file);
  }

  private static boolean isSegment(Path file) {
    return file.toString().endsWith(".part");
  }

  private record Unsynced(FileHandle file) implements FileHandle {
    @Override
    public long write(ByteBuffer... sources) throws IOException {
      return file.write(sources);
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      return file.read(position, target);
    }

    @Override
    public void force() {
      // left out
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      file.truncate(sizeBytes);
    }

    @Override
    public long sizeBytes() throws IOException {
      return file.sizeBytes();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private static final class Segment implements FileHandle {
    private long sizeBytes;

    @Override
    public long write(ByteBuffer... sources) {
      long written = 0;
      for (ByteBuffer source : sources) {
        written += source.remaining();
        source.position(source.limit());
      }
      sizeBytes += written;
      return written;
    }

    @Override
    public int read(long position, ByteBuffer target) {
      return -1;
    }

    @Override
    public void force() {
      // left out
    }

    @Override
    public void truncate(long bytes) {
      sizeBytes = bytes;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
