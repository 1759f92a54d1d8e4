package io.lva.asset.upload;

import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A store of objects that outlives the processes of a test, and can be away. */
final class ObjectsInMemory extends ObjectAssetStore {
  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong versions = new AtomicLong();
  private volatile boolean away;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] content, Version version) {}

  ObjectsInMemory(Clock clock) {
    super(clock, DEFAULT_LEASE);
  }

  /** Makes all calls fail, or succeed again. */
  void away(boolean now) {
    away = now;
  }

  private NavigableMap<String, Stored> objects() throws IOException {
    if (away) {
      throw new IOException("the store is away");
    }
    return objects;
  }

  @Override
  public URI uri() {
    return URI.create("memory:objects");
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    String prefix = folder.isEmpty() ? "" : folder + '/';
    NavigableMap<String, Entry> entries = new TreeMap<>();
    objects()
        .forEach(
            (name, stored) -> {
              if (name.startsWith(prefix)) {
                String[] parts = name.substring(prefix.length()).split("/", 2);
                boolean isFolder = parts.length > 1;
                long size = isFolder ? 0 : stored.content().length;
                entries.put(parts[0], new Entry(parts[0], isFolder, size));
              }
            });
    return new ArrayList<>(entries.values());
  }

  @Override
  public Optional<Long> size(String name) throws IOException {
    return Optional.ofNullable(objects().get(name)).map(stored -> (long) stored.content().length);
  }

  private Stored stored(String name) throws IOException {
    Stored stored = objects().get(name);
    if (stored == null) {
      throw new NoSuchFileException(name);
    }
    return stored;
  }

  @Override
  public StoredFile open(String name) {
    return new StoredFile() {
      @Override
      public long size() throws IOException {
        return stored(name).content().length;
      }

      @Override
      public int read(long position, ByteBuffer target) throws IOException {
        return ByteSource.of(ByteBuffer.wrap(stored(name).content())).read(position, target);
      }

      @Override
      public void close() {
        // Nothing is held between calls.
      }
    };
  }

  @Override
  public StoredDocument read(String name, int largestBytes) throws IOException {
    Stored stored = objects().get(name);
    return stored == null
        ? StoredDocument.ABSENT
        : new StoredDocument(stored.content().clone(), stored.version());
  }

  private Stored next(byte[] content) {
    return new Stored(content, new Version("v" + versions.incrementAndGet()));
  }

  @Override
  protected boolean putIfAbsent(String name, ByteSource content) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
    while (bytes.hasRemaining()) {
      content.read(bytes.position(), bytes);
    }
    return objects().putIfAbsent(name, next(bytes.array())) == null;
  }

  @Override
  protected Optional<Version> replaceIf(String name, ByteBuffer content, Version expected)
      throws IOException {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    Stored next = next(bytes);
    Stored now =
        objects()
            .compute(
                name,
                (key, before) ->
                    (before == null ? Version.ABSENT : before.version()).equals(expected)
                        ? next
                        : before);
    boolean replaced = now != null && now.version().equals(next.version());
    return replaced ? Optional.of(next.version()) : Optional.empty();
  }

  @Override
  protected void remove(String name) throws IOException {
    objects().remove(name);
  }
}
