package io.lva.asset.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files of this machine, by {@link FileChannel}. Thread-safe. */
enum DiskFileOps implements FileOps {
  INSTANCE;

  private static final boolean DIRECTORIES_SYNC =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  @Override
  public FileHandle create(Path file) throws IOException {
    return new DiskFile(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ));
  }

  @Override
  public FileHandle openForAppend(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    channel.position(channel.size());
    return new DiskFile(channel);
  }

  @Override
  public FileHandle openForRead(Path file) throws IOException {
    try {
      return new DiskFile(FileChannel.open(file, StandardOpenOption.READ));
    } catch (FileSystemException e) {
      throw isBelowFile(file) ? new NoSuchFileException(file.toString()) : e;
    }
  }

  /**
   * Returns whether a path leads through a regular file. Java has no specific exception for that.
   */
  private static boolean isBelowFile(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void syncDirectory(Path folder) throws IOException {
    if (DIRECTORIES_SYNC) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public List<Entry> list(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        entry(file).ifPresent(entries::add);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(Entry::name));
    return List.copyOf(entries);
  }

  private static Optional<Entry> entry(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      boolean directory = !attributes.isRegularFile(); // reading a pipe would wait for ever
      String name = String.valueOf(file.getFileName());
      return Optional.of(new Entry(name, directory, directory ? 0 : attributes.size()));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // renamed or deleted since the folder was read
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void makeDirectories(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public Optional<Long> size(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (isBelowFile(file)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Optional<Object> identity(Path file) throws IOException {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public long usableSpaceBytes(Path path) throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  @Override
  public Optional<Lock> tryLock(Path file) throws IOException {
    return DiskLock.tryLock(file);
  }

  @Override
  public boolean isLocked(Path file) throws IOException {
    return DiskLock.isLocked(file);
  }

  private record DiskFile(FileChannel channel) implements FileHandle {
    @Override
    public long write(ByteBuffer... sources) throws IOException {
      return channel.write(sources);
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      channel.truncate(sizeBytes);
      channel.position(sizeBytes);
    }

    @Override
    public long sizeBytes() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
