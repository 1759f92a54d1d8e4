package com.example.store;

import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A store of objects that several processes share. It is away while its folder has a mark. */
final class FolderObjectStore extends ObjectAssetStore {
  private static final String AWAY = ".away";

  private final Path root;
  private final Path turn;

  FolderObjectStore(Path folder) throws IOException {
    super(Clock.system(), DEFAULT_LEASE);
    this.root = Files.createDirectories(folder.resolve("objects"));
    this.turn = folder.resolve("turn");
  }

  static void away(Path folder, boolean away) throws IOException {
    Path mark = Files.createDirectories(folder).resolve(AWAY);
    if (away) {
      Files.writeString(mark, "");
    } else {
      Files.deleteIfExists(mark);
    }
  }

  private void call() throws IOException {
    if (Files.exists(root.resolveSibling(AWAY))) {
      throw new IOException("the store is away");
    }
  }

  @Override
  public URI uri() {
    return URI.create("folder:" + root);
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    call();
    List<Entry> entries = new ArrayList<>();
    if (Files.isDirectory(root.resolve(folder))) {
      try (Stream<Path> files = Files.list(root.resolve(folder))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          boolean isFolder = Files.isDirectory(file);
          entries.add(
              new Entry(file.getFileName().toString(), isFolder, isFolder ? 0 : Files.size(file)));
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public Optional<Long> size(String name) throws IOException {
    call();
    Path file = root.resolve(name);
    return Files.isRegularFile(file) ? Optional.of(Files.size(file)) : Optional.empty();
  }

  @Override
  public StoredFile open(String name) {
    return new StoredFile() {
      @Override
      public long size() throws IOException {
        return FolderObjectStore.this.size(name).orElseThrow(() -> new NoSuchFileException(name));
      }

      @Override
      public int read(long position, ByteBuffer target) throws IOException {
        call();
        try (FileChannel file = FileChannel.open(root.resolve(name), StandardOpenOption.READ)) {
          return file.read(target, position);
        }
      }

      @Override
      public void close() {
        // Nothing is held between calls.
      }
    };
  }

  @Override
  public StoredDocument read(String name, int largestBytes) throws IOException {
    call();
    try {
      byte[] content = Files.readAllBytes(root.resolve(name));
      if (content.length > largestBytes) {
        throw new IOException(name + " is too large");
      }
      return new StoredDocument(content, version(content));
    } catch (NoSuchFileException e) {
      return StoredDocument.ABSENT;
    }
  }

  private static Version version(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content);
    return new Version(content.length + "-" + sum.getValue());
  }

  private Path written(String name, ByteSource content) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
    while (bytes.hasRemaining() && content.read(bytes.position(), bytes) >= 0) {
      call();
    }
    Files.createDirectories(root.resolve(name).getParent());
    return Files.write(root.resolveSibling(UUID.randomUUID().toString()), bytes.array());
  }

  @Override
  protected boolean putIfAbsent(String name, ByteSource content) throws IOException {
    call();
    Path bytes = written(name, content);
    try {
      Files.createLink(root.resolve(name), bytes);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(bytes);
    }
  }

  @Override
  protected synchronized Optional<Version> replaceIf(
      String name, ByteBuffer content, Version expected) throws IOException {
    try (FileChannel file =
            FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      if (!lock.isValid() || !read(name, Integer.MAX_VALUE).version().equals(expected)) {
        return Optional.empty();
      }
      Path bytes = written(name, ByteSource.of(content));
      Files.move(bytes, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(read(name, Integer.MAX_VALUE).version());
    }
  }

  @Override
  protected void remove(String name) throws IOException {
    call();
    Files.deleteIfExists(root.resolve(name));
  }
}
