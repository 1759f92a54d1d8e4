package io.lva.bench;

import io.lva.asset.store.FileHandle;
import io.lva.asset.store.FileOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of this machine, never synced.
 *
 * <p>Thread-safe.
 */
final class UnsyncedFiles implements FileOps {
  private final FileOps disk = FileOps.disk();

  @Override
  public FileHandle create(Path file) throws IOException {
    return new Handle(disk.create(file));
  }

  @Override
  public FileHandle openForAppend(Path file) throws IOException {
    return new Handle(disk.openForAppend(file));
  }

  @Override
  public FileHandle openForRead(Path file) throws IOException {
    return disk.openForRead(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
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
    return disk.size(file);
  }

  @Override
  public long usableSpaceBytes(Path path) throws IOException {
    return disk.usableSpaceBytes(path);
  }

  @Override
  public Optional<Lock> tryLock(Path file) throws IOException {
    return disk.tryLock(file);
  }

  private record Handle(FileHandle file) implements FileHandle {
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
}
