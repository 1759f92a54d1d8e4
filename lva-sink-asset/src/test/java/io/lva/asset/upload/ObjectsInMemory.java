package io.lva.asset.upload;

import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.store.StoreFeature;
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
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A store of objects that outlives the processes of a test. It can extend objects, be away, and
 * lose an answer.
 */
final class ObjectsInMemory extends ObjectAssetStore {
  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong versions = new AtomicLong();
  private volatile boolean away;
  private volatile boolean answerLost;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] content, Version version) {}

  ObjectsInMemory(Clock clock) {
    super(clock, DEFAULT_LEASE);
  }

  /** Makes all calls fail, or succeed again. */
  void away(boolean now) {
    away = now;
  }

  /** Extends an object the next time, and fails nevertheless. */
  void loseNextAnswer() {
    answerLost = true;
  }

  @Override
  public Set<StoreFeature> features() {
    return Set.of(StoreFeature.EXTEND);
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
    return swap(name, bytes, expected);
  }

  private Optional<Version> swap(String name, byte[] content, Version expected) throws IOException {
    Stored next = next(content);
    Stored now =
        objects().compute(name, (key, before) -> version(before).equals(expected) ? next : before);
    boolean replaced = now != null && now.version().equals(next.version());
    return replaced ? Optional.of(next.version()) : Optional.empty();
  }

  private static Version version(@Nullable Stored object) {
    return object == null ? Version.ABSENT : object.version();
  }

  @Override
  protected Optional<Version> extendIf(String name, ByteSource content, Version expected)
      throws IOException {
    Stored before = objects().get(name);
    byte[] known = before == null ? new byte[0] : before.content();
    ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
    while (bytes.hasRemaining()) {
      content.read(bytes.position(), bytes);
    }
    if (known.length > bytes.limit()
        || !Arrays.equals(known, 0, known.length, bytes.array(), 0, known.length)) {
      throw new IOException(name + " does not begin with what is there");
    }
    Optional<Version> extended = swap(name, bytes.array(), expected);
    if (answerLost) {
      answerLost = false;
      throw new IOException("the answer is lost");
    }
    return extended;
  }

  @Override
  protected Version sealed(String name) throws IOException {
    return version(objects().computeIfPresent(name, (key, before) -> next(before.content())));
  }

  @Override
  protected void remove(String name) throws IOException {
    objects().remove(name);
  }
}
