package io.lva.asset.archive;

import io.lva.asset.disk.FileHandle;
import io.lva.asset.disk.FileOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A volume in memory that can be full, broken, or cut off from power before any call, and that
 * forgets then what was not made durable: bytes since the last {@link FileHandle#force}, names
 * since the last {@link #syncDirectory}.
 *
 * <p>Thread-safe.
 */
public final class MemoryFiles implements FileOps {
  private final Set<Path> locks = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private TreeMap<Path, Node> names = new TreeMap<>();
  private TreeMap<Path, Node> durableNames = new TreeMap<>();
  private Fault fault = call -> Outcome.ALL;
  private boolean dead;
  private int generation;

  /**
   * A call.
   *
   * @param number counts from 0
   * @param operation what is done
   * @param path with what
   * @param bytes to be written; 0 for other calls
   */
  public record Call(int number, String operation, Path path, int bytes) {}

  /**
   * What a call does.
   *
   * @param bytes how many of its bytes it writes at most
   * @param failure how it fails then, if it does
   * @param powerCut whether nothing more happens then
   */
  public record Outcome(int bytes, Optional<IOException> failure, boolean powerCut) {
    /** The call succeeds. */
    public static final Outcome ALL = new Outcome(Integer.MAX_VALUE, Optional.empty(), false);

    /**
     * The call fails after some bytes.
     *
     * @param bytes how many it writes
     * @param message says why
     * @return the outcome
     */
    public static Outcome fail(int bytes, String message) {
      return new Outcome(bytes, Optional.of(new IOException(message)), false);
    }

    /**
     * The power is cut after some bytes.
     *
     * @param bytes how many it writes
     * @return the outcome
     */
    public static Outcome powerCut(int bytes) {
      return new Outcome(bytes, Optional.empty(), true);
    }
  }

  /** Decides about each call. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Decides about a call, before it does anything.
     *
     * @param call what is to be done
     * @return what happens
     */
    Outcome outcome(Call call);
  }

  /** The process does not exist any more. */
  public static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class Node {
    private byte[] content = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private final boolean directory;

    Node(boolean directory) {
      this.directory = directory;
    }
  }

  /**
   * Sets what goes wrong from now on, and counts calls from 0 again.
   *
   * @param newFault decides about each call
   */
  public synchronized void fault(Fault newFault) {
    fault = newFault;
    calls.clear();
  }

  /**
   * Returns the calls since the last {@link #fault}.
   *
   * @return in their order
   */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Starts anew after kill -9: the operating system lives on, everything written is there. */
  public synchronized void restartAfterKill() {
    restart();
  }

  /** Starts anew after a power cut: what is not durable is lost. */
  public synchronized void restartAfterPowerCut() {
    names = new TreeMap<>(durableNames);
    for (Node node : names.values()) {
      node.content = node.durable.clone();
      node.size = node.content.length;
    }
    names.keySet().removeIf(path -> !hasParents(path));
    restart();
  }

  /**
   * Starts anew after a power cut that some of what is not durable survived.
   *
   * @param random decides what
   */
  public synchronized void restartAfterPowerCut(RandomGenerator random) {
    Map<Path, Boolean> flushed = new HashMap<>();
    TreeMap<Path, Node> survived = new TreeMap<>();
    names.forEach(
        (path, node) -> {
          if (flushed.computeIfAbsent(parent(path), folder -> random.nextBoolean())) {
            survived.put(path, node);
          }
        });
    durableNames.forEach(
        (path, node) -> {
          if (!flushed.getOrDefault(parent(path), false)) {
            survived.put(path, node);
          }
        });
    names = survived;
    for (Node node : Set.copyOf(names.values())) {
      int tail = Math.max(0, node.size - node.durable.length);
      boolean grew = tail > 0 && startsWith(node.content, node.durable);
      int size = node.durable.length + (grew ? random.nextInt(tail + 1) : 0);
      node.content = grew ? Arrays.copyOf(node.content, size) : node.durable.clone();
      node.size = size;
    }
    names.keySet().removeIf(path -> !hasParents(path));
    restart();
  }

  private static boolean startsWith(byte[] content, byte[] start) {
    return Arrays.equals(content, 0, start.length, start, 0, start.length);
  }

  private boolean hasParents(Path path) {
    Path parent = path.getParent();
    return parent == null || parent.getNameCount() == 0 || isThere(parent);
  }

  private boolean isThere(Path folder) {
    return folder.getNameCount() <= 1 || (names.containsKey(folder) && hasParents(folder));
  }

  private void restart() {
    durableNames = new TreeMap<>(names);
    for (Node node : names.values()) {
      node.durable = Arrays.copyOf(node.content, node.size);
    }
    locks.clear();
    generation++;
    dead = false;
    fault(call -> Outcome.ALL);
  }

  private Outcome call(String operation, Path path, int bytes) throws IOException {
    if (dead) {
      throw new PowerCut();
    }
    Call call = new Call(calls.size(), operation, path, bytes);
    calls.add(call);
    Outcome outcome = fault.outcome(call);
    if (bytes == 0) {
      finish(outcome);
    }
    return outcome;
  }

  private void finish(Outcome outcome) throws IOException {
    if (outcome.powerCut()) {
      dead = true;
      throw new PowerCut();
    }
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private Node file(Path path) throws IOException {
    Node node = names.get(path);
    if (node == null || node.directory) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }

  @Override
  public synchronized FileHandle create(Path file) throws IOException {
    call("create", file, 0);
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    return make(file);
  }

  private FileHandle make(Path file) throws IOException {
    if (!isThere(parent(file))) {
      throw new NoSuchFileException(parent(file).toString());
    }
    Node node = new Node(false);
    names.put(file, node);
    return new Handle(file, node);
  }

  @Override
  public synchronized FileHandle openForAppend(Path file) throws IOException {
    call("append", file, 0);
    return names.containsKey(file) ? new Handle(file, file(file)) : make(file);
  }

  @Override
  public synchronized FileHandle openForRead(Path file) throws IOException {
    call("open", file, 0);
    return new Handle(file, file(file));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    call("rename", to, 0);
    Node node = file(from);
    names.remove(from);
    names.put(to, node);
  }

  @Override
  public synchronized void syncDirectory(Path folder) throws IOException {
    call("sync", folder, 0);
    if (!isThere(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    durableNames.keySet().removeIf(path -> parent(path).equals(folder));
    names.forEach(
        (path, node) -> {
          if (parent(path).equals(folder)) {
            durableNames.put(path, node);
          }
        });
  }

  @Override
  public synchronized List<Entry> list(Path folder) throws IOException {
    call("list", folder, 0);
    List<Entry> entries = new ArrayList<>();
    names.forEach(
        (path, node) -> {
          if (parent(path).equals(folder)) {
            entries.add(new Entry(path.getFileName().toString(), node.directory, node.size));
          }
        });
    return entries;
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    call("delete", path, 0);
    names.remove(path);
  }

  @Override
  public synchronized void makeDirectories(Path folder) throws IOException {
    call("mkdirs", folder, 0);
    for (Path path = folder; path != null && path.getNameCount() > 0; path = path.getParent()) {
      names.computeIfAbsent(path, missing -> new Node(true));
    }
  }

  @Override
  public synchronized Optional<Long> size(Path file) throws IOException {
    call("size", file, 0);
    return Optional.ofNullable(names.get(file))
        .filter(node -> !node.directory)
        .map(node -> (long) node.size);
  }

  @Override
  public synchronized Optional<Object> identity(Path file) throws IOException {
    call("identity", file, 0);
    return Optional.ofNullable(names.get(file));
  }

  @Override
  public synchronized long usableSpaceBytes(Path path) throws IOException {
    call("space", path, 0);
    return 1L << 40;
  }

  @Override
  public synchronized boolean isLocked(Path file) throws IOException {
    call("isLocked", file, 0);
    return locks.contains(file);
  }

  @Override
  public synchronized Optional<Lock> tryLock(Path file) throws IOException {
    call("lock", file, 0);
    names.computeIfAbsent(file, missing -> new Node(false));
    if (!locks.add(file)) {
      return Optional.empty();
    }
    int held = generation;
    return Optional.of(
        () -> {
          synchronized (this) {
            if (held == generation) {
              locks.remove(file);
            }
          }
        });
  }

  private final class Handle implements FileHandle {
    private final Path path;
    private final Node node;

    Handle(Path path, Node node) {
      this.path = path;
      this.node = node;
    }

    @Override
    public long write(ByteBuffer... sources) throws IOException {
      synchronized (MemoryFiles.this) {
        int total = 0;
        for (ByteBuffer source : sources) {
          total += source.remaining();
        }
        Outcome outcome = call("write", path, total);
        int left = Math.min(total, outcome.bytes());
        int written = left;
        for (ByteBuffer source : sources) {
          int part = Math.min(left, source.remaining());
          if (node.size + part > node.content.length) {
            node.content = Arrays.copyOf(node.content, (node.size + part) * 2);
          }
          source.get(node.content, node.size, part);
          node.size += part;
          left -= part;
        }
        if (total > 0) {
          finish(outcome);
        }
        return written;
      }
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      synchronized (MemoryFiles.this) {
        call("read", path, 0);
        if (position >= node.size) {
          return -1;
        }
        int length = (int) Math.min(target.remaining(), node.size - position);
        target.put(node.content, (int) position, length);
        return length;
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (MemoryFiles.this) {
        call("force", path, 0);
        node.durable = Arrays.copyOf(node.content, node.size);
      }
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
      synchronized (MemoryFiles.this) {
        call("truncate", path, 0);
        node.size = (int) Math.min(node.size, sizeBytes);
      }
    }

    @Override
    public long sizeBytes() throws IOException {
      synchronized (MemoryFiles.this) {
        call("size", path, 0);
        return node.size;
      }
    }

    @Override
    public void close() {
      // nothing to release
    }
  }
}
