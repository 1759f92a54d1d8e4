package io.lva.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Small files in one folder, each of which is either complete or absent, no matter when the process
 * or the machine stops: a file is written under another name, synced and renamed, and the folder is
 * synced. Where the file system has POSIX permissions, only their owner can read them.
 *
 * <p>Not thread-safe.
 */
class StateFiles {
  private static final String SUFFIX = ".json";
  private static final String UNFINISHED = ".part";

  private final Path directory;

  /** Creates the folder when it is absent, and removes what a crash left unfinished. */
  StateFiles(Path directory) throws IOException {
    this.directory = directory;
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, permissions("rwx------"));
      syncNow(directory.resolveSibling("."));
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(file -> name(file).endsWith(UNFINISHED)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Returns the contents by name. */
  Map<String, byte[]> load() throws IOException {
    TreeMap<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(file -> name(file).endsWith(SUFFIX)).toList()) {
        String name = name(file);
        contents.put(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  /** Replaces a file; when this returns, the new content outlives a power failure. */
  final void put(String name, byte[] content) throws IOException {
    Path unfinished = directory.resolve(name + UNFINISHED);
    write(unfinished, content);
    rename(unfinished, directory.resolve(name + SUFFIX));
    sync(directory);
  }

  /** Removes a file; when this returns, the file stays removed even after a power failure. */
  final void delete(String name) throws IOException {
    remove(directory.resolve(name + SUFFIX));
    sync(directory);
  }

  void write(Path file, byte[] content) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    try (FileChannel channel = FileChannel.open(file, options, permissions("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  void sync(Path folder) throws IOException {
    syncNow(folder);
  }

  private void syncNow(Path folder) throws IOException {
    if (hasOwners()) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private FileAttribute<?>[] permissions(String text) {
    if (!hasOwners()) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(text);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  /**
   * Returns whether files have owners. Where they do, folders can be opened and synced; elsewhere
   * renames are journaled.
   */
  private boolean hasOwners() {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
