package io.lva.testkit.store;

import io.lva.asset.store.ObjectAssetStore;
import io.lva.asset.store.StoreAccessException;
import io.lva.asset.store.StoredDocument;
import io.lva.asset.store.StoredFile;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import io.lva.spi.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A store of objects in memory, with put-if-absent and conditional replacement alone. Calls can be
 * made slow, made to fail, and made to succeed with their answers lost.
 *
 * <p>Thread-safe.
 */
public final class MemoryObjectStore extends ObjectAssetStore {
  private final URI uri;
  private final NavigableMap<String, Stored> objects;
  private final AtomicLong versions;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile Duration latency = Duration.ZERO;
  private volatile Fault fault = call -> Outcome.DONE;

  private record Stored(ByteBuffer content, Version version) {}

  /** What happens to a call. */
  public enum Outcome {
    /** The call does what it should. */
    DONE,
    /** The call fails without doing anything. */
    REFUSED,
    /** The call fails without doing anything, because the credentials are not accepted. */
    DENIED,
    /**
     * The call does what it should but fails, because its answer is lost. This applies only to put,
     * replace and delete; any other call succeeds.
     */
    ANSWER_LOST
  }

  /** Decides the outcome of calls. Thread-safe. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Decides the outcome of a call.
     *
     * @param call its kind and the name, for example {@code put door/2026/…}; the kind is list,
     *     size, read, get, put, replace or delete
     * @return what happens to it
     */
    Outcome of(String call);
  }

  /** Creates an empty store on the system clock, with {@link #DEFAULT_LEASE}. */
  public MemoryObjectStore() {
    this(Clock.system(), DEFAULT_LEASE);
  }

  /**
   * Creates an empty store.
   *
   * @param clock measures leases
   * @param lease the lease of its locks, at least 1 s
   * @throws IllegalArgumentException when the lease is shorter than 1 s
   */
  public MemoryObjectStore(Clock clock, Duration lease) {
    super(clock, lease);
    uri = URI.create("memory:store");
    objects = new ConcurrentSkipListMap<>();
    versions = new AtomicLong();
  }

  private MemoryObjectStore(MemoryObjectStore shared, Clock clock, Duration lease) {
    super(clock, lease);
    uri = URI.create("memory:elsewhere");
    objects = shared.objects;
    versions = shared.versions;
  }

  /**
   * Opens the same objects as another process would. The new store has its own faults and URI, so
   * that the caches of this process hold nothing of it.
   *
   * @param clock the clock of the other host
   * @param lease the lease of its locks, at least 1 s
   * @return another store over the same objects
   * @throws IllegalArgumentException when the lease is shorter than 1 s
   */
  public MemoryObjectStore elsewhere(Clock clock, Duration lease) {
    return new MemoryObjectStore(this, clock, lease);
  }

  /**
   * Makes every call take time.
   *
   * @param time how long each call takes
   */
  public void latency(Duration time) {
    latency = time;
  }

  /**
   * Makes calls fail.
   *
   * @param decision decides the outcome of each call
   */
  public void fault(Fault decision) {
    fault = decision;
  }

  /**
   * Returns how many calls were made.
   *
   * @return the number of calls of all kinds, successful or not
   */
  public int calls() {
    return calls.get();
  }

  @Override
  public URI uri() {
    return uri;
  }

  /** Begins a call; returns whether its answer is lost. */
  private boolean call(String what) throws IOException {
    calls.incrementAndGet();
    if (!latency.isZero()) {
      LockSupport.parkNanos(latency.toNanos());
    }
    Outcome outcome = fault.of(what);
    if (outcome == Outcome.REFUSED) {
      throw new IOException("refused: " + what);
    }
    if (outcome == Outcome.DENIED) {
      throw new StoreAccessException("the credentials are refused: " + what, null);
    }
    return outcome == Outcome.ANSWER_LOST;
  }

  private static void answer(boolean lost, String what) throws IOException {
    if (lost) {
      throw new IOException("answer lost: " + what);
    }
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    call("list " + folder);
    String prefix = folder.isEmpty() ? "" : folder + '/';
    NavigableMap<String, Entry> entries = new TreeMap<>();
    objects
        .tailMap(prefix, true)
        .forEach(
            (name, stored) -> {
              if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                int slash = rest.indexOf('/');
                String entry = slash < 0 ? rest : rest.substring(0, slash);
                entries.putIfAbsent(
                    entry, new Entry(entry, slash >= 0, slash < 0 ? stored.content().limit() : 0));
              }
            });
    return new ArrayList<>(entries.values());
  }

  @Override
  public Optional<Long> size(String name) throws IOException {
    call("size " + name);
    return Optional.ofNullable(objects.get(name)).map(stored -> (long) stored.content().limit());
  }

  @Override
  public StoredFile open(String name) {
    return new StoredFile() {
      @Override
      public long size() throws IOException {
        return MemoryObjectStore.this.size(name).orElseThrow(() -> new NoSuchFileException(name));
      }

      @Override
      public int read(long position, ByteBuffer target) throws IOException {
        call("get " + name);
        Stored stored = objects.get(name);
        if (stored == null) {
          throw new NoSuchFileException(name);
        }
        return ByteSource.of(stored.content()).read(position, target);
      }

      @Override
      public void close() {
        // Nothing is held between calls.
      }
    };
  }

  @Override
  public StoredDocument read(String name, int largestBytes) throws IOException {
    call("read " + name);
    Stored stored = objects.get(name);
    if (stored == null) {
      return StoredDocument.ABSENT;
    }
    if (stored.content().limit() > largestBytes) {
      throw new IOException(name + " is larger than " + largestBytes + " bytes");
    }
    byte[] content = new byte[stored.content().limit()];
    stored.content().duplicate().get(content);
    return new StoredDocument(content, stored.version());
  }

  @Override
  protected boolean putIfAbsent(String name, ByteSource content) throws IOException {
    boolean lost = call("put " + name);
    ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
    while (bytes.hasRemaining()) {
      if (content.read(bytes.position(), bytes) < 0) {
        throw new IOException("the content of " + name + " ended early");
      }
    }
    boolean stored = objects.putIfAbsent(name, stored(bytes.flip())) == null;
    answer(lost, "put " + name);
    return stored;
  }

  private Stored stored(ByteBuffer content) {
    return new Stored(content, new Version("v" + versions.incrementAndGet()));
  }

  @Override
  protected Optional<Version> replaceIf(String name, ByteBuffer content, Version expected)
      throws IOException {
    boolean lost = call("replace " + name);
    ByteBuffer copy = ByteBuffer.allocate(content.remaining()).put(content.duplicate()).flip();
    Stored next = stored(copy);
    Stored now =
        objects.compute(
            name,
            (key, before) ->
                (before == null ? Version.ABSENT : before.version()).equals(expected)
                    ? next
                    : before);
    answer(lost, "replace " + name);
    boolean replaced = now != null && now.version().equals(next.version());
    return replaced ? Optional.of(next.version()) : Optional.empty();
  }

  @Override
  protected void remove(String name) throws IOException {
    boolean lost = call("delete " + name);
    objects.remove(name);
    answer(lost, "delete " + name);
  }
}
