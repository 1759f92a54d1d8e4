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
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A store as somebody else writes it: a map, and 20 ms for each call. */
class SlowStore extends ObjectAssetStore {
  private static final class Blob {
    private final byte[] bytes;
    private final String tag;

    Blob(byte[] bytes, String tag) {
      this.bytes = bytes;
      this.tag = tag;
    }
  }

  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger largestRead = new AtomicInteger();
  final AtomicLong readBytes = new AtomicLong();
  private final AtomicInteger tags = new AtomicInteger();
  private final ConcurrentSkipListMap<String, Blob> blobs;

  SlowStore() {
    this(new ConcurrentSkipListMap<>());
  }

  private SlowStore(ConcurrentSkipListMap<String, Blob> blobs) {
    super(Clock.system(), DEFAULT_LEASE);
    this.blobs = blobs;
  }

  SlowStore again() {
    return new SlowStore(blobs);
  }

  private void call() {
    calls.incrementAndGet();
    LockSupport.parkNanos(20_000_000);
  }

  @Override
  public URI uri() {
    return URI.create("slow:store");
  }

  @Override
  public List<Entry> list(String folder) {
    call();
    String prefix = folder.isEmpty() ? "" : folder + '/';
    TreeMap<String, Entry> entries = new TreeMap<>();
    blobs.forEach(
        (name, blob) -> {
          if (name.startsWith(prefix)) {
            String rest = name.substring(prefix.length());
            String first = rest.split("/", 2)[0];
            boolean isFolder = rest.length() > first.length();
            entries.put(first, new Entry(first, isFolder, isFolder ? 0 : blob.bytes.length));
          }
        });
    return new ArrayList<>(entries.values());
  }

  @Override
  public Optional<Long> size(String name) {
    call();
    return Optional.ofNullable(blobs.get(name)).map(blob -> (long) blob.bytes.length);
  }

  @Override
  public StoredFile open(String name) {
    return new StoredFile() {
      @Override
      public long size() throws IOException {
        return SlowStore.this.size(name).orElseThrow(() -> new NoSuchFileException(name));
      }

      @Override
      public int read(long position, ByteBuffer target) throws IOException {
        call();
        largestRead.accumulateAndGet(target.remaining(), Math::max);
        Blob blob = blobs.get(name);
        if (blob == null) {
          throw new NoSuchFileException(name);
        }
        int count = ByteSource.of(ByteBuffer.wrap(blob.bytes)).read(position, target);
        readBytes.addAndGet(Math.max(0, count));
        return count;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public StoredDocument read(String name, int largestBytes) throws IOException {
    call();
    Blob blob = blobs.get(name);
    if (blob != null && blob.bytes.length > largestBytes) {
      throw new IOException(name + " is too large");
    }
    return blob == null
        ? StoredDocument.ABSENT
        : new StoredDocument(blob.bytes, new Version(blob.tag));
  }

  @Override
  protected boolean putIfAbsent(String name, ByteSource content) throws IOException {
    call();
    ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
    while (bytes.hasRemaining() && content.read(bytes.position(), bytes) >= 0) {}
    return blobs.putIfAbsent(name, blob(bytes.array())) == null;
  }

  private Blob blob(byte[] bytes) {
    return new Blob(bytes, "t" + System.identityHashCode(this) + tags.incrementAndGet());
  }

  @Override
  protected Optional<Version> replaceIf(String name, ByteBuffer content, Version expected) {
    call();
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    Blob next = blob(bytes);
    Blob now =
        blobs.compute(
            name, (key, old) -> expected.tag().equals(old == null ? "" : old.tag) ? next : old);
    return now != null && now.tag.equals(next.tag)
        ? Optional.of(new Version(next.tag))
        : Optional.empty();
  }

  @Override
  protected void remove(String name) {
    call();
    blobs.remove(name);
  }
}
