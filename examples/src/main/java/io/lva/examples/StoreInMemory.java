package io.lva.examples;

import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetStoreProvider;
import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A custom store that keeps recordings in the memory of the process and loses them when it ends.
 */
public final class StoreInMemory {
  private StoreInMemory() {}

  // begin example
  /**
   * Opens {@code memory:NAME}; all stores opened by the same name share their objects. Thread-safe.
   */
  public static final class Provider implements AssetStoreProvider {
    private static final Map<URI, ConcurrentSkipListMap<String, Content>> STORES =
        new ConcurrentHashMap<>();

    /** Called by the service loader. */
    public Provider() {}

    @Override
    public Set<String> schemes() {
      return Set.of("memory");
    }

    @Override
    public AssetStore open(URI uri) {
      return new Store(uri, STORES.computeIfAbsent(uri, name -> new ConcurrentSkipListMap<>()));
    }
  }

  /** The immutable bytes of an object, and their version. */
  private record Content(ByteBuffer bytes, Version version) {
    private static final AtomicLong VERSIONS = new AtomicLong();

    static Content of(ByteBuffer bytes) {
      return new Content(bytes, new Version("v" + VERSIONS.incrementAndGet()));
    }
  }

  /** The store at work. Thread-safe. */
  private static final class Store extends ObjectAssetStore {
    private final URI uri;
    private final ConcurrentSkipListMap<String, Content> objects;

    Store(URI uri, ConcurrentSkipListMap<String, Content> objects) {
      super(Clock.system(), DEFAULT_LEASE);
      this.uri = uri;
      this.objects = objects;
    }

    @Override
    public URI uri() {
      return uri;
    }

    @Override
    public List<Entry> list(String folder) {
      String prefix = folder.isEmpty() ? "" : folder + "/";
      Map<String, Entry> entries = new TreeMap<>();
      objects
          .subMap(prefix, prefix + Character.MAX_VALUE)
          .forEach(
              (path, content) -> {
                String[] names = path.substring(prefix.length()).split("/", 2);
                boolean isFolder = names.length == 2;
                long size = isFolder ? 0 : content.bytes().limit();
                entries.put(names[0], new Entry(names[0], isFolder, size));
              });
      return new ArrayList<>(entries.values());
    }

    @Override
    public Optional<Long> size(String name) {
      return Optional.ofNullable(objects.get(name)).map(found -> (long) found.bytes().limit());
    }

    @Override
    public StoredFile open(String name) throws IOException {
      ByteSource found = ByteSource.of(find(name).bytes());
      return new StoredFile() {
        @Override
        public long size() throws IOException {
          return found.size();
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
          return found.read(position, target);
        }

        @Override
        public void close() {}
      };
    }

    private Content find(String name) throws NoSuchFileException {
      Content found = objects.get(name);
      if (found == null) {
        throw new NoSuchFileException(name);
      }
      return found;
    }

    @Override
    public StoredDocument read(String name, int largestBytes) throws IOException {
      Content found = objects.get(name);
      if (found == null) {
        return StoredDocument.ABSENT;
      }
      byte[] bytes = new byte[found.bytes().limit()];
      if (bytes.length > largestBytes) {
        throw new IOException(name + " is larger than " + largestBytes + " bytes");
      }
      found.bytes().duplicate().get(bytes);
      return new StoredDocument(bytes, found.version());
    }

    @Override
    protected boolean putIfAbsent(String name, ByteSource content) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(content.size()));
      while (bytes.hasRemaining()) {
        if (content.read(bytes.position(), bytes) < 0) {
          throw new EOFException("the content of " + name + " ends early");
        }
      }
      return objects.putIfAbsent(name, Content.of(bytes.flip())) == null;
    }

    @Override
    protected Optional<Version> replaceIf(String name, ByteBuffer content, Version expected) {
      ByteBuffer bytes = ByteBuffer.allocate(content.remaining()).put(content.duplicate()).flip();
      Content next = Content.of(bytes);
      Content now =
          objects.compute(
              name,
              (key, before) ->
                  expected.equals(before == null ? Version.ABSENT : before.version())
                      ? next
                      : before);
      return Optional.ofNullable(now).map(Content::version).filter(next.version()::equals);
    }

    @Override
    protected void remove(String name) {
      objects.remove(name);
    }
  }
  // end example
}
